#!/bin/sh
# `make bench-peers`: ours beside PyTorch's, samples per second, batch 32 on both sides.  They take
# turns, so that what disturbs one disturbs the other; medians and their ratio.  PARTS:
#   step        a training step, and
#   evaluation  a forward pass in evaluation mode: CPU time of one thread, pinned to core CORE
#   experiment  16 workers on a ring, qg-dsgdm-n: wall time of the rounds; ours on one MPI rank per
#               core, PyTorch's as 16 processes; without evaluation
# usage: scripts/peers/run.sh [MODEL...]    default: six models, for experiment resnet20-bn
#        REPETITIONS=5  PARTS="step evaluation experiment"  CORE=0  PYTHON=/usr/bin/python3
# PEER_ENV adds to PyTorch's environment.  An allocator that keeps what is freed makes it up to 1.2
# times as fast: PEER_ENV="MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=1000000000"
set -eu
cd "$(dirname "$0")/../.."
. scripts/mpi-env.sh
bench=build/release/bench/main program=build/release/gossipbench
python=${PYTHON:-/usr/bin/python3}
repetitions=${REPETITIONS:-5} parts=${PARTS:-step evaluation experiment} core=${CORE:-0}
workers=16 rounds=24 # as in peer.py

give_up() {
    echo "peers: $*" >&2
    exit 1
}
for file in $bench $program; do
    [ -x "$file" ] || give_up "there is no $file; run make bench-peers"
done
"$python" -c 'import torch' 2>/dev/null || {
    echo "peers: $python has no PyTorch; on Debian: apt-get install python3-torch (or PYTHON=...)"
    exit 0
}
ranks=$(nproc)
[ "$ranks" -le $workers ] || ranks=$workers
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1 LC_ALL=C
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM

cpu_rate() { # NAME, with or without its batch
    taskset -c "$core" $bench --benchmark_filter="^$1(/batch:32)?\$" --benchmark_min_time=1.5 \
        --benchmark_format=csv 2>"$temp/log" |
        awk -F, '$1 == "name" { for (i = 1; i <= NF; i++) if ($i == "items_per_second") at = i }
            at && /^"/ { print $at }'
}

# One epoch of so many rounds on generated images, and one evaluation, which is subtracted.
gossip_rate() { # MODEL
    rm -rf "$temp/run"
    mpirun -np "$ranks" --bind-to core:overload-allowed $program run --model "$1" \
        --workers $workers --topology ring --batch_size 32 \
        --algorithm qg-dsgdm-n --momentum 0.9 --mu 0.9 --weight_decay 0.0001 \
        --dataset synthetic-images --train_limit $((workers * 32 * rounds)) --partition iid \
        --epochs 1 --lr 0.01 --lr_start 0.01 --warmup_epochs 0 --test_limit 16 \
        --checkpoint_every 0 --out "$temp/run" >"$temp/log" 2>&1 || return
    awk -F, -v samples=$((workers * 32)) 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        END { print $at["step"] * samples / ($at["wall_seconds"] - $at["evaluate_seconds"]) }' \
        "$temp/run/timing.csv"
}

ours() { # PART MODEL
    case $1 in
    step) cpu_rate "train_step/$2" ;;
    evaluation) cpu_rate "eval/$2" ;;
    experiment) gossip_rate "$2" ;;
    esac
}

theirs() { # PART MODEL
    pin="taskset -c $core"
    [ "$1" != experiment ] || pin=
    # shellcheck disable=SC2086 # both are lists of words
    $pin env ${PEER_ENV:-} "$python" scripts/peers/peer.py "$@"
}

median() {
    sort -n "$1" |
        awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}
compare() { # PART MODEL
    : >"$temp/ours" && : >"$temp/theirs"
    for _ in $(seq "$repetitions"); do
        ours "$@" >"$temp/rate" || : >"$temp/rate"
        [ -s "$temp/rate" ] || give_up "ours has no $1 of $2: $(cat "$temp/log")"
        cat "$temp/rate" >>"$temp/ours"
        theirs "$@" >>"$temp/theirs" || give_up "PyTorch has no $1 of $2"
    done
    unit='samples per CPU second'
    [ "$1" != experiment ] || unit='samples per second'
    read -r _ _ parameters version <"$temp/theirs"
    layouts=$(cut -d ' ' -f 2 "$temp/theirs" | sort -u | paste -s -d /)
    a=$(median "$temp/ours") b=$(median "$temp/theirs")
    printf '%-10s %-24s %7d parameters  ours %7.1f  PyTorch %s (%s) %7.1f %s' "$@" "$parameters" \
        "$a" "$version" "$layouts" "$b" "$unit"
    awk "BEGIN { printf \"  ratio %.2f  (medians of %d)\n\", $a / $b, $repetitions }"
}

for part in $parts; do
    case $part in
    step | evaluation) models="resnet20-bn resnet20-gn resnet20-evonorm vgg11-w8 vgg11-w16
        textcnn-v20000-e128-c100" ;;
    experiment) models=resnet20-bn ;;
    *) give_up "there is no part '$part'; there are step, evaluation and experiment" ;;
    esac
    [ $# -eq 0 ] || models=$*
    for model in $models; do
        compare "$part" "$model"
    done
done
