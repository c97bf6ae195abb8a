#!/bin/sh
# What `make reproduce` runs once the program is built: find the data, run what is missing of
# experiments/TABLE.json, write and print its table.  The last line is VERDICT=...
# usage: scripts/reproduce.sh [TABLE [TIER]]    exit code: 0 the table is whole and no claim is
# contradicted, 1 runs failed or are missing, 3 a claim is contradicted, 75 interrupted
set -eu
cd "$(dirname "$0")/.."
. scripts/mpi-env.sh
table=${1:-table1} tier=${2:-quick}
program=build/release/gossipbench
experiment=experiments/$table.json

say() {
    echo "reproduce: $*"
}
give_up() {
    echo "reproduce: $*" >&2
    exit 1
}
[ -x $program ] || give_up "there is no $program; run make first"
[ -f "$experiment" ] || give_up "there is no $experiment; there are: $(cd experiments && echo *)"

# CIFAR-10, if it is asked for, if it is here or can be had, else the packaged set; the smoke tier
# generates its images.
set --
if ! grep -q '"dataset": *"cifar10"' "$experiment"; then
    say "data: as $experiment says"
elif [ "$tier" = smoke ]; then
    say "data: synthetic-images, generated, as the smoke tier only shows that everything runs"
elif [ -d datasets/data/cifar-10-batches-bin ]; then
    say "data: CIFAR-10 from datasets/data"
elif said=$(datasets/fetch.sh 2>&1); then
    say "data: CIFAR-10, downloaded into datasets/data and checked"
else
    say "data: Fashion-MNIST from Debian instead of CIFAR-10, because"
    echo "$said" | tail -n 1
    set -- --dataset fashion-mnist
fi

# As many ranks as cores, but no more than workers; any number gives the same results.
ranks=$(nproc)
workers=$(sed -n 's/.*"workers": *\([0-9][0-9]*\).*/\1/p' "$experiment" | sort -n | head -n 1)
[ "$ranks" -le "${workers:-1}" ] || ranks=${workers:-1}

# mpirun runs out of the reach of Ctrl-C, which would make it kill the ranks; they get SIGUSR1
# instead, checkpoint, and end with 75, so that there is nothing to kill or to wait for.
export OMPI_MCA_odls_base_sigkill_timeout=1
stopped= mpirun=
trap 'stopped=1; [ -z "$mpirun" ] || kill -USR1 $mpirun 2>/dev/null || :' HUP INT TERM
setsid mpirun -np "$ranks" --bind-to core:overload-allowed $program sweep "$table" --tier "$tier" \
    "$@" </dev/null &
mpirun=$!
code=0
wait $mpirun || code=$?
while kill -0 $mpirun 2>/dev/null; do # a signal ends the first wait
    code=0
    wait $mpirun || code=$?
done
if [ -n "$stopped" ] || [ $code -eq 75 ]; then
    echo "reproduce: stopped; make reproduce TABLE=$table TIER=$tier goes on from here" >&2
    exit 75
fi
echo
shown=0
$program table "$table" --tier "$tier" --save || shown=$?
[ $shown -ne 0 ] || shown=$code
exit $shown
