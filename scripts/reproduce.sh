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
    say "data: CIFAR-10's format, generated, as the smoke tier only shows that everything runs"
    [ -d build/generated/cifar10 ] || $program data generate cifar10 --out build/generated/cifar10
    set -- --data-dir build/generated/cifar10
elif [ -d datasets/data/cifar-10-batches-bin ]; then
    say "data: CIFAR-10 from datasets/data"
elif said=$(datasets/fetch.sh 2>&1); then
    say "data: CIFAR-10, downloaded into datasets/data and checked"
else
    say "data: Fashion-MNIST from Debian instead of CIFAR-10, because"
    echo "$said" | tail -n 1
    set -- --dataset fashion-mnist
fi

# Ctrl-C reaches the sweep too: it writes checkpoints and ends with 75.
trap : INT TERM
code=0
$program sweep "$table" --tier "$tier" "$@" </dev/null || code=$?
if [ $code -eq 75 ]; then
    echo "reproduce: stopped; make reproduce TABLE=$table TIER=$tier goes on from here" >&2
    exit 75
fi
echo
$program table "$table" --tier "$tier" --save || :
echo
shown=0
$program compare "$table" --tier "$tier" --save || shown=$?
[ $shown -ne 0 ] || shown=$code
exit $shown
