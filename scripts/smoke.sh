#!/bin/sh
# Make the smoke tier of every experiment with a kernel set, in a root of its own.  Print what the
# numbers depend on, then the SHA-256 of every run's metrics.csv.
# usage: scripts/smoke.sh KERNELS ROOT >LIST      exit code: 1 if a run failed, 75 if interrupted
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/signals.sh
program=$PWD/build/release/gossipbench root=$2 ended=0
export GOSSIPBENCH_KERNELS="$1"

"$program" info | sed -n 's/^compiler  *\(.*\) -O.*/# compiler: \1/p
    s/^kernels  */# kernels: /p; s/^BLAS .* core \([^ ]*\).*/# BLAS core: \1/p'
echo "# C library: $(getconf GNU_LIBC_VERSION 2>/dev/null)"
for file in experiments/*.json; do
    table=$(basename "$file" .json)
    grep -q '^    "smoke": {' "$file" || continue
    settings=$("$program" data get --for "$table" --tier smoke --root "$root" 2>/dev/null) || ended=1
    # shellcheck disable=SC2086 # settings are words
    run "$program" sweep "$table" --tier smoke --root "$root" $settings >"$root/sweep.log" 2>&1
    case $? in
    0) ;;
    75) exit 75 ;;
    *) tail -n 3 "$root/sweep.log" >&2 && ended=1 ;;
    esac
done
cd "$root/results/runs" && sha256sum -- */*/metrics.csv | LC_ALL=C sort -k 2 || ended=1
exit $ended
