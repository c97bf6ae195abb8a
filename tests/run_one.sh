#!/bin/sh
# Run one test program and print a line with what it counted, and its whole output if it failed.
# Adds "passed failed skipped" to build/test-logs/counts, and its skipped tests to skips; several of
# these scripts may run at a time.
# TAP: cmocka writes "not ok 3 # SKIP name" for a skipped test, after what the test printed, which is
# taken as the reason; scripts write "ok 3 - name # SKIP reason".  A program that ends before its plan
# is done, that fails without saying so, or that tests nothing counts as failed.
# usage: tests/run_one.sh NAME VARIANT PROGRAM
name=$1 variant=$2 program=$3
logs=build/test-logs
log=$logs/$name.$variant
limit=${TEST_TIMEOUT:-900} # seconds a program may take

# Read TAP, print "passed failed skipped"; name the skipped tests and their reasons in a file.
count() {
    awk -v program="$name ($variant)" -v code="$code" -v skips="$log.skips" '
    /^1\.\.[0-9]+/ { planned += substr($1, 4) }
    /^(not )?ok [0-9]+/ {
        if (match($0, /# *[Ss][Kk][Ii][Pp]/)) {
            skipped++
            after = substr($0, RSTART + RLENGTH)
            name = substr($0, 1, RSTART - 1)
            sub(/^ */, "", after); sub(/^(not )?ok [0-9]+ *-? */, "", name); sub(/ *$/, "", name)
            print "  " program ": " (name == "" ? after ": " said : name ": " after) >skips
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
    }' said="no reason given" "$log"
}
# What sanitizers reported, of leaks only those with a call of ours or of cJSON, whose calls hide ours: Open
# MPI leaks, and its plug-ins are unloaded by then, so that their addresses look like other libraries'.  Such
# a library has its file's name, libcjson.so.1.7.15, whereas one that is loaded has the linker's, libcjson.so.1.
faults() {
    folders=$(cd "$(dirname "$0")/.." && printf '%s|' */)
    find $logs -name "$name.$variant.report.*" -exec awk -v ours="[ /](${folders%|})[^ ]*[.][ch]:[0-9]" '
        BEGIN { RS = "" }
        /ERROR: LeakSanitizer/ || /^SUMMARY: AddressSanitizer: [0-9]+ byte/ { next }
        /^(Direct|Indirect) leak/ &&
            (/libmpi|libopen-|libhwloc|libpmix|libevent/ ||
             !($0 ~ ours || /libcjson[.]so[.][0-9]+[+]/)) { next }
        { print }' {} +
    rm -f $log.report.*
}
tell() {
    printf '%-4s %-28s %-8s %4d passed %3d failed %3d skipped %6d.%d s\n' \
        "$([ "$failed" -eq 0 ] && echo ok || echo FAIL)" "$name" "$variant" "$passed" "$failed" \
        "$skipped" $((ms / 1000)) $((ms % 1000 / 100))
    if [ "$failed" -ne 0 ]; then
        echo "---- $name ($variant), exit code $code, everything it printed:"
        sed 's/^/    /' "$log"
        [ $code -ne 124 ] || echo "---- stopped after $limit seconds (TEST_TIMEOUT)"
    fi
}

# What sanitizers report goes into files of its own, so that no script can overlook or expect it.  Leaks,
# of which Open MPI has some in every process, leave exit codes as they are.
export ASAN_OPTIONS="detect_leaks=1:exitcode=0:abort_on_error=1:log_path=$PWD/$log.report"
export UBSAN_OPTIONS="print_stacktrace=1:abort_on_error=1:log_path=$PWD/$log.report"
start=$(date +%s%N)
# timeout is a process group of its own, which Ctrl-C does not reach; a background process of sh
# ignores it.
env --default-signal=INT,QUIT timeout -k 10 "$limit" "$program" >"$log" 2>&1 </dev/null &
trap 'kill $!; wait $!; exit 1' HUP INT TERM
wait $!
code=$?
ms=$((($(date +%s%N) - start) / 1000000))
reports=$(faults)
[ -z "$reports" ] || printf '%s\nnot ok 0 - sanitizers report nothing\n' "$reports" >>"$log"
counts=$(count)
read -r passed failed skipped <<END
$counts
END
echo "$counts" >>$logs/counts
tell >"$log.line"
flock $logs cat "$log.line"
