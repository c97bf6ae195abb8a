#!/bin/sh
# mpirun with the settings of mpi-env.sh, for programs that can be interrupted:
# - Ctrl-C, SIGTERM and other signals to stop reach the ranks as SIGUSR1, and the exit code is theirs,
#   75.  mpirun alone kills them after a few seconds and returns 1.
# - Output that cannot be written is a failure.  mpirun alone drops it and returns 0.
# - If a rank dies, it says how to continue.
# usage: scripts/mpirun.sh -np P build/gossipbench run ...
# make install installs it as gossipbench-mpirun.
here=$(dirname "$(readlink -f "$0")")
. "$here/mpi-env.sh"
. "$here/signals.sh"
pipe=$(mktemp -u) && mkfifo "$pipe" || exit 1
trap 'rm -f "$pipe"' EXIT

# Both get sessions of their own, so that only this script receives the terminal's signals.
setsid cat <"$pipe" &
cat=$!
setsid mpirun "$@" >"$pipe" </dev/null &
child=$!
pass_on USR1
wait_for $cat
lost=$code
wait_for $child
if [ $code -gt 128 ]; then
    echo "mpirun.sh: a rank died of signal $((code - 128)); run --resume and sweep continue from the" \
        "last checkpoint" >&2
elif [ $code -eq 0 ] && [ $lost -ne 0 ]; then
    echo "mpirun.sh: standard output cannot be written, so it is incomplete" >&2
    code=1
fi
exit $code
