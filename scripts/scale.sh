#!/bin/sh
# `make bench-scale`: does the number of workers or of ranks change the time per sample, or the memory?
# Workers on a ring, qg-dsgdm-n, on generated images; the second of two epochs, without evaluation;
# medians.  Prints a table: workers, ranks, samples per second and core, this as a share of the first
# line's, and MiB of all ranks, as estimated before the run and as measured.
# usage: scripts/scale.sh [WORKERS...]    default: 16 256 1024 4096
#        RANKS="1 2 4"  REPETITIONS=3  MODEL=resnet8-gn  BATCH=8  SAMPLES=65536 (an epoch's)
set -eu
cd "$(dirname "$0")/.."
. scripts/mpi-env.sh
program=build/release/gossipbench
model=${MODEL:-resnet8-gn} batch=${BATCH:-8} samples=${SAMPLES:-65536}
[ $# -gt 0 ] || set -- 16 256 1024 4096
export LC_ALL=C
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM

# Samples per second, estimated and measured MiB of a run.
measure() { # WORKERS RANKS
    rm -rf "$temp/run"
    scripts/mpirun.sh -np "$2" --bind-to none $program run --model "$model" --workers "$1" \
        --topology ring --algorithm qg-dsgdm-n --batch_size "$batch" --dataset synthetic-images \
        --train_limit "$samples" --test_limit 16 --partition iid --epochs 2 --warmup_epochs 0 --lr 0.01 \
        --checkpoint_every 0 --out "$temp/run" >"$temp/said" 2>&1 || {
        cat "$temp/said" >&2
        exit 1
    }
    foreseen=$(sed -n 's/.*about \([0-9]*\) MiB a rank.*/\1/p' "$temp/said")
    # Each rank counts the images, which its machine holds once.
    shared=$(sed -n 's/.* \([0-9]*\) MiB a machine.*/\1/p' "$temp/said")
    peak=$(sed -n 's/.*"peak_memory_mib":[^0-9]*\([0-9.]*\).*/\1/p' "$temp/run/manifest.json")
    awk -F, -v foreseen="$foreseen" -v peak="$peak" -v shared="$shared" -v p="$2" -v each="$((batch * $1))" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { step = $at["step"] - last_step; last_step = $at["step"]
          wall = $at["wall_seconds"] - $at["evaluate_seconds"]; took = wall - last; last = wall }
        END { print step * each / took, foreseen * p - shared * (p - 1), peak * p - shared * (p - 1) }' "$temp/run/timing.csv"
}

echo "$model, batches of $batch, $samples samples an epoch, $(nproc) cores"
echo "| workers | ranks | samples/s a core | of the first | MiB foreseen | MiB measured |"
echo "| --- | --- | --- | --- | --- | --- |"
for n in "$@"; do
    for p in ${RANKS:-1 2 4}; do
        cores=$(nproc)
        [ "$cores" -le "$p" ] || cores=$p
        for _ in $(seq "${REPETITIONS:-3}"); do
            measure "$n" "$p"
        done | sort -n >"$temp/rates"
        sed -n "$(($(wc -l <"$temp/rates") / 2 + 1))p" "$temp/rates" | while read -r rate mib peak; do
            each=$(awk -v r="$rate" -v c="$cores" 'BEGIN { print r / c }')
            [ -s "$temp/first" ] || echo "$each" >"$temp/first"
            printf '| %d | %d | %.0f | %.2f | %.0f | %.0f |\n' "$n" "$p" "$each" \
                "$(awk -v r="$each" -v f="$(cat "$temp/first")" 'BEGIN { print r / f }')" "$mib" "$peak"
        done
    done
done
