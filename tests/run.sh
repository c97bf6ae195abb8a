#!/bin/sh
# Run every test program that is built, in every variant (or in those of VARIANTS), then every
# tests/cli_*.sh with the program of the release (or of CLI_VARIANT).
# Both speak TAP: cmocka writes "not ok 3 # SKIP name" for a skipped test, after what the test
# printed, which is taken as the reason; scripts write "ok 3 - name # SKIP reason".  A program that
# ends before its plan is done, that fails without saying so, or that tests nothing counts as failed.
# The last line is "N passed, N failed"; exit 1 if any failed or nothing was run.
cd "$(dirname "$0")/.." || exit 1
. scripts/mpi-env.sh
export CMOCKA_MESSAGE_OUTPUT=TAP
unset CMOCKA_XML_FILE
limit=${TEST_TIMEOUT:-900} # seconds a program may take
logs=build/test-logs
mkdir -p $logs || exit 1
: >$logs/skips
passed=0 failed=0 skipped=0

# Read TAP, print "passed failed skipped"; name the skipped tests and their reasons in a file.
count() { # PROGRAM EXIT-CODE LOG
    awk -v program="$1" -v code="$2" -v skips=$logs/skips '
    /^1\.\.[0-9]+/ { planned += substr($1, 4) }
    /^(not )?ok [0-9]+/ {
        if (match($0, /# *[Ss][Kk][Ii][Pp]/)) {
            skipped++
            after = substr($0, RSTART + RLENGTH)
            name = substr($0, 1, RSTART - 1)
            sub(/^ */, "", after); sub(/^(not )?ok [0-9]+ *-? */, "", name); sub(/ *$/, "", name)
            print "  " program ": " (name == "" ? after ": " said : name ": " after) >> skips
        } else if (/^not/) failed++
        else passed++
        said = "no reason given"
        next
    }
    !/^#/ && NF { said = $0 }
    END {
        missing = planned - passed - failed - skipped
        if (missing > 0) failed += missing
        else if (!failed && (code || !(passed + skipped))) failed++
        print passed + 0, failed + 0, skipped + 0
    }' said="no reason given" "$3"
}

run() { # NAME VARIANT COMMAND...
    name=$1 variant=$2 log=$logs/$1.$2
    shift 2
    start=$(date +%s%N)
    timeout -k 10 "$limit" "$@" >"$log" 2>&1 </dev/null
    code=$?
    ms=$((($(date +%s%N) - start) / 1000000))
    # shellcheck disable=SC2046 # three numbers
    set -- $(count "$name ($variant)" $code "$log")
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    printf '%-4s %-28s %-8s %4d passed %3d failed %3d skipped %6d.%d s\n' \
        "$([ "$2" -eq 0 ] && echo ok || echo FAIL)" "$name" "$variant" "$1" "$2" "$3" \
        $((ms / 1000)) $((ms % 1000 / 100))
    if [ "$2" -ne 0 ]; then
        echo "---- $name ($variant), exit code $code, everything it printed:"
        sed 's/^/    /' "$log"
        [ $code -ne 124 ] || echo "---- stopped after $limit seconds (TEST_TIMEOUT)"
    fi
}

for variant in ${VARIANTS:-release double san}; do
    for program in build/$variant/tests/test_*; do
        name=${program##*/}
        # Not objects, and not programs whose source is gone.
        [ -f "$program" ] && [ -x "$program" ] && [ -f "tests/$name.c" ] || continue
        case $name in
        *mpi_*) leaks=0 ;; # Open MPI leaks at exit
        *) leaks=1 ;;
        esac
        ASAN_OPTIONS=detect_leaks=$leaks run "$name" $variant "$program"
    done
done
export ASAN_OPTIONS=detect_leaks=0
for script in tests/cli_*.sh; do
    [ -f "$script" ] || continue
    name=${script##*/}
    run "${name%.sh}" "${CLI_VARIANT:-release}" "$script"
done

if [ "$skipped" -gt 0 ]; then
    echo "skipped:"
    cat $logs/skips
fi
[ $((passed + failed)) -gt 0 ] || echo "nothing was run: no test programs in build/*/tests/"
if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
