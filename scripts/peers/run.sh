#!/bin/sh
# `make bench-peers`: samples per second of this program and of PyTorch.  They take turns, so that
# disturbances affect both; medians, and the median of the ratios of the turns.  PARTS:
#   step        a training step, and
#   evaluation  a forward pass in evaluation mode, batch 32: CPU time of one thread, pinned to core CORE
#   experiment  16 workers on a ring, qg-dsgdm-n: wall time of the rounds without evaluation; ours with
#               one MPI rank per core, PyTorch's with 16 processes
# usage: scripts/peers/run.sh [MODEL[:BATCH]...]    default: seven models, for experiment resnet20-bn;
#                                                   batch 32
#        REPETITIONS=5  PARTS="step evaluation experiment"  CORE=0
#        PYTHON=...  default: python3 if it has PyTorch 2, else /usr/bin/python3
#        ALLOCATOR=tuned|plain
# ALLOCATOR sets up glibc's allocator, for PyTorch only.  tuned, the default, keeps freed memory instead
# of returning it to the system, and uses huge pages; PyTorch was 1.1 to 1.4 times as fast with it.
# plain changes nothing.  PEER_ENV adds to PyTorch's environment.
set -eu
cd "$(dirname "$0")/../.."
. scripts/mpi-env.sh
bench=build/release/bench/main program=build/release/gossipbench
python=${PYTHON:-}
repetitions=${REPETITIONS:-5} parts=${PARTS:-step evaluation experiment} core=${CORE:-0}
workers=16 rounds=24 # as in peer.py

give_up() {
    echo "peers: $*" >&2
    exit 1
}
for file in $bench $program; do
    [ -x "$file" ] || give_up "there is no $file; run make bench-peers"
done
if [ -z "$python" ]; then
    python=/usr/bin/python3
    ! python3 -c 'import torch; assert torch.__version__ >= "2"' 2>/dev/null || python=python3
fi
"$python" -c 'import torch' 2>/dev/null || {
    echo "peers: $python has no PyTorch; on Debian: apt-get install python3-torch (or PYTHON=...)"
    exit 0
}
allocator=${ALLOCATOR:-tuned}
case $allocator in
tuned) peer_env="MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=1000000000
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1" ;;
plain) peer_env= ;;
*) give_up "there is no allocator '$allocator'; there are tuned and plain" ;;
esac
peer_env="$peer_env${PEER_ENV:+ $PEER_ENV}"
ranks=$(nproc)
[ "$ranks" -le $workers ] || ranks=$workers
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1 LC_ALL=C
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM

cpu_rate() { # NAME
    taskset -c "$core" $bench --benchmark_filter="^$1\$" --benchmark_min_time=1.5 \
        --benchmark_format=csv 2>"$temp/log" |
        awk -F, '$1 == "name" { for (i = 1; i <= NF; i++) if ($i == "items_per_second") at = i }
            at && /^"/ { print $at }'
}

# One epoch of this many rounds on generated images, and one evaluation, whose time is subtracted.
gossip_rate() { # MODEL BATCH
    rm -rf "$temp/run"
    mpirun -np "$ranks" --bind-to core:overload-allowed $program run --model "$1" \
        --workers $workers --topology ring --batch_size "$2" \
        --algorithm qg-dsgdm-n --momentum 0.9 --mu 0.9 --weight_decay 0.0001 \
        --dataset synthetic-images --train_limit $((workers * $2 * rounds)) --partition iid \
        --epochs 1 --lr 0.01 --lr_start 0.01 --warmup_epochs 0 --test_limit 16 \
        --checkpoint_every 0 --out "$temp/run" >"$temp/log" 2>&1 || return
    awk -F, -v samples=$((workers * $2)) 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        END { print $at["step"] * samples / ($at["wall_seconds"] - $at["evaluate_seconds"]) }' \
        "$temp/run/timing.csv"
}

ours() { # PART MODEL BATCH
    case $1 in
    step) cpu_rate "train_step/$2/batch:$3" ;;
    evaluation) cpu_rate "eval/$2/batch:$3" ;;
    experiment) gossip_rate "$2" "$3" ;;
    esac
}

theirs() { # PART MODEL BATCH
    pin="taskset -c $core"
    [ "$1" != experiment ] || pin=
    # shellcheck disable=SC2086 # both are lists of words
    $pin env $peer_env "$python" scripts/peers/peer.py "$@"
}

median() {
    sort -n "$1" |
        awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}
compare() { # PART MODEL BATCH
    : >"$temp/ours" && : >"$temp/theirs"
    for _ in $(seq "$repetitions"); do
        ours "$@" >"$temp/rate" || : >"$temp/rate"
        [ -s "$temp/rate" ] || give_up "ours has no $1 of $2 at batch $3: $(cat "$temp/log")"
        cat "$temp/rate" >>"$temp/ours"
        theirs "$@" >>"$temp/theirs" || give_up "PyTorch has no $1 of $2"
    done
    unit='samples per CPU second'
    [ "$1" != experiment ] || unit='samples per second'
    read -r _ _ parameters version <"$temp/theirs"
    layouts=$(cut -d ' ' -f 2 "$temp/theirs" | sort -u | paste -s -d /)
    paste -d ' ' "$temp/ours" "$temp/theirs" | awk '{ print $1 / $2 }' >"$temp/ratios"
    printf '%-10s %-24s batch %2d %7d parameters  ours %7.1f  PyTorch %s (%s, %s) %7.1f %s' "$@" \
        "$parameters" "$(median "$temp/ours")" "$version" "$layouts" "$allocator" \
        "$(median "$temp/theirs")" "$unit"
    printf '  ratio %.2f  (medians of %d)\n' "$(median "$temp/ratios")" "$repetitions"
}

# shellcheck disable=SC2086,SC2116 # on one line
echo "PyTorch's allocator: $allocator ($(echo ${peer_env:-as glibc comes}))"
for part in $parts; do
    case $part in
    step | evaluation) models="resnet20-bn resnet20-gn resnet20-evonorm vgg11-w2:8 vgg11-w8
        vgg11-w16 vgg11-relay-w16 textcnn-v20000-e128-c100" ;;
    experiment) models=resnet20-bn ;;
    *) give_up "there is no part '$part'; there are step, evaluation and experiment" ;;
    esac
    [ $# -eq 0 ] || models=$*
    for model in $models; do
        batch=${model#"${model%:*}"}
        batch=${batch#:}
        [ "$part" != evaluation ] || batch= # always the same, as in a run
        compare "$part" "${model%:*}" "${batch:-32}"
    done
done
