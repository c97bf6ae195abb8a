#!/bin/sh
# `make bench-peers`: a training step of ours beside PyTorch's, batch 32, samples per second of CPU
# time, both pinned to one core and taking turns, so that what disturbs one disturbs the other.
# usage: scripts/peers/run.sh [MODEL...]    REPETITIONS=5  CORE=0
set -eu
cd "$(dirname "$0")/../.."
ours=build/release/bench/main
python=${PYTHON:-/usr/bin/python3}
repetitions=${REPETITIONS:-5} core=${CORE:-0}
[ $# -gt 0 ] || set -- resnet20-bn resnet20-gn resnet20-evonorm vgg11-w8 vgg11-w16
[ -x $ours ] || { echo "peers: there is no $ours; run make bench-peers" >&2 && exit 1; }
"$python" -c 'import torch' 2>/dev/null || {
    echo "peers: $python has no PyTorch; on Debian: apt-get install python3-torch (or PYTHON=...)"
    exit 0
}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}
time_ours() {
    taskset -c "$core" $ours --benchmark_filter="^train_step/$1/batch:32\$" --benchmark_min_time=1.5 \
        --benchmark_format=csv 2>/dev/null |
        awk -F, '$1 == "name" { for (i = 1; i <= NF; i++) if ($i == "items_per_second") at = i }
            /^"train_step/ { print $at }'
}

for model in "$@"; do
    : >"$temp/ours" && : >"$temp/theirs"
    for i in $(seq "$repetitions"); do
        time_ours "$model" >>"$temp/ours"
        taskset -c "$core" "$python" scripts/peers/train_step.py "$model" 32 1.5 >>"$temp/theirs"
    done
    a=$(median "$temp/ours") b=$(median "$temp/theirs")
    read -r _ layout parameters version <"$temp/theirs"
    awk -v m="$model" -v a="$a" -v b="$b" -v n="$repetitions" -v l="$layout" -v p="$parameters" \
        -v v="$version" 'BEGIN {
        printf "%-17s %7d parameters  ours %7.1f  PyTorch %s (%s) %7.1f samples/s  ratio %.2f  (medians of %d)\n",
            m, p, a, v, l, b, a / b, n }'
done
