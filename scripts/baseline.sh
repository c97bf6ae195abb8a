#!/bin/sh
# What `make baseline` runs after building: makes again, for this machine, what make nightly expects:
# results/expected/smoke-KERNELS.txt, nightly/ and speed-KERNELS.txt.  Nothing else changes them.
# Commit the result with the change that made it necessary.
# usage: [ACCEPT=1] scripts/baseline.sh
# exit code: 3 if a cell is worse than what has been expected until now, and ACCEPT is not 1
set -eu
cd "$(dirname "$0")/.."
. scripts/mpi-env.sh
. scripts/signals.sh
. scripts/blas-core.sh
trap 'leave $?' EXIT
program=build/release/gossipbench

run $program sweep nightly --tier quick
if [ -f results/expected/nightly/quick.json ] && ! $program compare nightly --tier quick --gate; then
    [ "${ACCEPT:-}" = 1 ] || {
        echo "baseline: the cells are worse than expected until now; ACCEPT=1 takes them nevertheless" >&2
        exit 3
    }
fi
rm -rf build/nightly
mkdir -p results/expected
run env PARTS="smoke speed" CODE_IS_SAID=1 scripts/nightly.sh >build/baseline.log || [ $? -ne 75 ] || exit 75
! grep '^nightly: failed' build/baseline.log >&2 || exit 1
cp build/nightly/smoke-*.txt build/nightly/speed-*.txt results/expected/
scripts/keep.sh nightly quick
