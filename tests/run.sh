#!/bin/sh
# Run every tests/cli_*.sh with the program of the release (or of CLI_VARIANT), and every test program
# that is built, in every variant (or in those of VARIANTS): one on each processor (or JOBS) at a time,
# and at the end, one by one, the scripts that time what they do.  tests/run_one.sh runs one.
# The last line is "N passed, N failed"; exit 1 if any failed or nothing was run.
cd "$(dirname "$0")/.." || exit 1
. scripts/mpi-env.sh
export CMOCKA_MESSAGE_OUTPUT=TAP
unset CMOCKA_XML_FILE
logs=build/test-logs
rm -rf $logs
mkdir -p $logs && : >$logs/counts || exit 1

# Scripts that time the reaction to a signal or a loss, or have more ranks than processors.
alone="cli_gossip cli_hosts cli_interrupt cli_pool cli_stop"

scripts() { # yes|no: those that run alone, or the others
    for script in tests/cli_*.sh; do
        [ -f "$script" ] || continue
        name=${script##*/} name=${name%.sh} is_alone=no
        case " $alone " in
        *" $name "*) is_alone=yes ;;
        esac
        [ $is_alone != "$1" ] || echo "$name ${CLI_VARIANT:-release} $script"
    done
}
programs() {
    for variant in ${VARIANTS:-release double san}; do
        for program in build/$variant/tests/test_*; do
            name=${program##*/}
            # Not objects, and not programs whose source is gone.
            [ -f "$program" ] && [ -x "$program" ] && [ -f "tests/$name.c" ] || continue
            echo "$name $variant $program"
        done
    done
}
# The scripts first, since the short programs fill the time at the end.
{ scripts no && programs; } | xargs -r -L 1 -P "${JOBS:-$(nproc)}" tests/run_one.sh
scripts yes | xargs -r -L 1 tests/run_one.sh

if [ -n "$(find $logs -name '*.skips')" ]; then
    echo "skipped:"
    cat $logs/*.skips
fi
[ -s $logs/counts ] || echo "nothing was run: no test programs in build/*/tests/"
awk '{ passed += $1; failed += $2; skipped += $3 }
    END {
        printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : ""
        exit failed > 0 || passed == 0
    }' $logs/counts
