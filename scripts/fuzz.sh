#!/bin/sh
# What `make fuzz` runs: each target in turn for SECONDS, starting from its corpus; a line for each.
# Inputs that broke a target are kept in build/fuzz/crashes/<target>-*; the exit code is then 1.
# usage: scripts/fuzz.sh SECONDS TARGET...
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/mpi-env.sh
seconds=$1 bad=0
shift
export OPENBLAS_NUM_THREADS=1
mkdir -p build/fuzz/crashes
for target; do
    found=build/fuzz/found/$target log=build/fuzz/$target.log leaks=1
    mkdir -p "$found"
    more=
    [ "$target" != fuzz_json ] || more=experiments
    [ "$target" != fuzz_checkpoint ] || leaks=0 # Open MPI leaks
    ASAN_OPTIONS=detect_leaks=$leaks build/fuzz/tests/fuzz/"$target" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=1500 -max_len=65536 -print_final_stats=1 -close_fd_mask=1 \
        -detect_leaks=$leaks -artifact_prefix=build/fuzz/crashes/"$target"- \
        "$found" $more tests/fuzz/corpus/"${target#fuzz_}" </dev/null >"$log" 2>&1
    code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if [ $code -eq 0 ]; then
        echo "ok   $target: $runs inputs in $seconds s"
    else
        bad=1
        echo "FAIL $target: after ${runs:-?} inputs; see $log and build/fuzz/crashes"
    fi
done
exit $bad
