#!/bin/sh
# An interrupted run continues to the same bits, even on another number of ranks; damaged checkpoints
# are refused; finished runs are left alone; divergence is a result.
. "$(dirname "$0")/tap.sh"
settings small.json --dataset synthetic-images --train-limit 320 --test-limit 64 --model resnet8-bn --workers 8 \
    --batch-size 16 --epochs 10 --alpha 0.1 --lr 0.05 --warmup-epochs 1 --eval-every 2
small=small.json

exits 0 "uninterrupted" on 1 run $small --out whole
# workers.csv has what metrics.csv summarises; manifests have the worst of the workers' means.
ok "each worker's accuracy: the mean and the worst are those of metrics.csv" awk -F , '
    FNR == 1 { file++; next }
    file == 1 { sum[$1] += $4 / 8; if (!($1 in least) || $4 < least[$1]) least[$1] = $4; next }
    { n++; if ((sum[$1] - $5) ^ 2 > 1e-6 || (least[$1] - $7) ^ 2 > 1e-6) exit 1 }
    END { exit n != 5 }' whole/workers.csv whole/metrics.csv
worst=$(awk -F , 'NR > 1 && $1 >= 8 { sum[$3] += $4 / 2 } END { w = 100; for (i in sum) if (sum[i] < w) w = sum[i]; print w }' whole/workers.csv)
ok "  and the worst of their means that of the manifest" awk -v want="$worst" '
    /"last2_worst"/ { split($2, is, ","); exit (is[1] - want) ^ 2 > 1e-6 }' whole/manifest.json
for signal in TERM INT; do
    exits 75 "alone, SIG$signal" interrupt $signal $signal "$program" run $small --out $signal
    ok "  status interrupted" status_is $signal interrupted
    ok "  a checkpoint is left" test -s $signal/checkpoint
done
cp -r TERM damaged
exits 0 "  resumed on 3 ranks" on 3 run $small --out TERM --resume
says "resumed at step"
ok "  same bits" same whole TERM
ok "  the checkpoint is gone" test ! -e TERM/checkpoint

exits 75 "2 ranks, SIGUSR1 to mpirun" interrupt USR1 usr1 \
    mpirun -np 2 "$program" run $small --out usr1
ok "  status interrupted" status_is usr1 interrupted
exits 0 "  resumed alone" on 1 run $small --out usr1 --resume
says "resumed at step"
ok "  same bits" same whole usr1

# Killed without warning after epoch 4: the checkpoint of epoch 3 is used, and epoch 4 is repeated.
"$program" run $small --checkpoint-every 3 --out killed </dev/null >/dev/null 2>&1 &
pid=$!
started killed metrics.csv 3
kill -KILL $pid
wait $pid 2>/dev/null
ok "killed: status started" status_is killed started
ok "  a checkpoint is left" test -s killed/checkpoint
exits 0 "  resumed on 2 ranks" on 2 run $small --out killed --resume
says "resumed at step"
ok "  same bits" same whole killed

# With checkpoints by the clock alone, here after each epoch, it is the one of epoch 4.
"$program" run $small --checkpoint-every 0 --checkpoint-minutes 1e-9 --out timed </dev/null >/dev/null 2>&1 &
pid=$!
started timed metrics.csv 3
kill -KILL $pid
wait $pid 2>/dev/null
ok "checkpoints by the clock: one is left" test -s timed/checkpoint
exits 0 "  resumed on 2 ranks" on 2 run $small --out timed --resume
says "resumed at step"
ok "  same bits" same whole timed

exits 0 "rows of the last epochs" on 2 run $small --eval-every 4 --eval-last 3 --out last
ok "  after epochs 4, 8, 9 and 10" test "$(tail -n +2 last/metrics.csv | cut -d , -f 1 | tr '\n' ' ')" = "4 8 9 10 "
ok "  the last is that of the others" test "$(tail -n 1 last/metrics.csv | cut -d , -f 5-)" = "$(tail -n 1 whole/metrics.csv | cut -d , -f 5-)"
exits 2 "no batch left" on 2 run $small --batch-size 64 --drop-last true --out none
says "drop_last leaves a worker with 40 samples no batch of 64"

# Weights and relayed messages are state, too; which messages are lost is not.
for pair in sgp:directed-erdos-renyi relaysgd-dsgdm-n:binary-tree; do
    method="--algorithm ${pair%:*} --topology ${pair#*:} --message-loss 0.1 --straggle 0.1
        --absence 0.3 --absence-rounds 5"
    exits 0 "$pair, uninterrupted" on 1 run $small $method --out "$pair"
    exits 75 "  interrupted on 2 ranks" interrupt USR1 "$pair-2" \
        mpirun -np 2 "$program" run $small $method --out "$pair-2"
    exits 0 "  resumed on 3 ranks" on 3 run $small $method --out "$pair-2" --resume
    says "resumed at step"
    ok "  same bits" same "$pair" "$pair-2"
done

# refused NAME WORDS ARGUMENTS...: --resume fails with one sentence and changes nothing.
refused() {
    about=$1 words=$2
    shift 2
    for ranks in 1 3; do
        exits 1 "$about, $ranks ranks" on $ranks run "$@" --out damaged --resume
        says "$words"
        ok "  one sentence" test "$(grep -c '^gossipbench: ' "$temp/said")" -eq 1
    done
    ok "  status still interrupted" status_is damaged interrupted
}
size=$(wc -c <damaged/checkpoint)
mv damaged/checkpoint checkpoint
{ head -c $((size / 2)) checkpoint && printf '\125' && tail -c +$((size / 2 + 2)) checkpoint; } \
    >damaged/checkpoint
refused "one byte changed" "damaged/checkpoint: is damaged" $small
head -c $((size - 1)) checkpoint >damaged/checkpoint
refused "last byte missing" "damaged/checkpoint: is damaged" $small
head -c 100 checkpoint >damaged/checkpoint
refused "100 bytes left" "damaged/checkpoint: is " $small
: >damaged/checkpoint
refused "empty" "damaged/checkpoint: is " $small
cp checkpoint damaged/checkpoint
refused "another learning rate" "holds a run of another configuration" $small --lr 0.06

# The checkpoint holds what affects the bits: code, kernel set and BLAS; cli_identity.sh tests data.
changed() { # NAME SED-SCRIPT WORDS
    cp checkpoint damaged/checkpoint
    resum damaged/checkpoint "$2"
    exits 1 "$1" on 1 run $small --out damaged --resume
    says "continuing cannot give the same results ($3"
}
changed "other code" 's|\("train":[[:space:]]*"\)....|\1wxyz|' "train changed)"
changed "another BLAS" 's|\("blas":[[:space:]]*"\)....|\1wxyz|' "BLAS was 'wxyz"
changed "another compiler" 's|\("compiler":[[:space:]]*"\)...|\1xyz|' "compiler was 'xyz"
ok "  status still interrupted" status_is damaged interrupted
changed "another format" '1s/^gossipbench ./gossipbench 0/' "the format of the file changed)"
exits 1 "  which cannot be accepted" on 1 run $small --out damaged --accept-changes
says "changed): --replace starts anew"
cp checkpoint damaged/checkpoint
kernels=$(field damaged/manifest.json kernels)
if [ "$kernels" != plain ]; then
    exits 1 "another kernel set" env GOSSIPBENCH_KERNELS=plain "$program" run $small --out damaged \
        --resume
    says "(kernel set was '$kernels' and is 'plain')"
    cp -r damaged plain
    exits 0 "  accepted" env GOSSIPBENCH_KERNELS=plain "$program" run $small --out plain \
        --accept-changes
    says "resumed at step"
    ok "  the manifest says so" \
        grep -q "\"changes\":.*\"kernel set was '$kernels' and is 'plain'\"" plain/manifest.json
    ok "  the bits are others" sh -c '! cmp -s whole/metrics.csv plain/metrics.csv'
else
    skip "another kernel set" "this machine has only the plain one"
fi

# A sweep then starts the run again.
cat >one.json <<'END'
{"title": "One", "seeds": [1], "tiers": {"all": {}}, "axes": {"alpha": [0.1]},
 "base": {"dataset": "synthetic-images", "train_limit": 320, "test_limit": 64, "workers": 8,
          "model": "resnet8-bn", "batch_size": 16, "epochs": 10, "lr": 0.05, "warmup_epochs": 1,
          "eval_every": 2}}
END
cell=results/runs/one/$("$program" sweep one.json --tier all --list | sed -n 's/ *to run$//p')
mkdir -p results/runs/one
cp -r damaged "$cell"
resum "$cell/checkpoint" 's|\("train":[[:space:]]*"\)....|\1wxyz|'
exits 0 "a sweep's checkpoint of other code" on 1 sweep one.json --tier all
says "the checkpoint there is not continued (train changed): starting anew"
ok "  same bits as from the start" same whole "$cell"

# Rows are kept in the checkpoint, and the manifest of a resumed run has all digits.
cp -r damaged rows
rm rows/metrics.csv && head -c 100 rows/timing.csv >cut && mv cut rows/timing.csv
echo part >rows/metrics.csv.part1
exits 0 "resumed without metrics.csv" on 1 run $small --out rows --resume
ok "  same bits" same whole rows
ok "  same figures and files" alike whole rows
ok "  every row of timing.csv" test "$(wc -l <rows/timing.csv)" -eq "$(wc -l <rows/metrics.csv)"

# The previous checkpoint is used if the last one is damaged.
"$program" run $small --checkpoint-every 1 --out twice </dev/null >/dev/null 2>&1 &
pid=$!
started twice checkpoint.previous 1
kill -KILL $pid
wait $pid 2>/dev/null
for damage in cut flipped missing; do
    cp -r twice $damage
    size=$(wc -c <twice/checkpoint)
    case $damage in
    cut) head -c $((size / 2)) twice/checkpoint >cut/checkpoint ;;
    flipped) printf '\125' | dd of=flipped/checkpoint bs=1 seek=$((size / 3)) conv=notrunc 2>/dev/null ;;
    missing) rm missing/checkpoint ;;
    esac
    exits 0 "the last checkpoint is $damage" on 2 run $small --out $damage --resume
    says "continuing from the previous one, of step"
    ok "  same bits" same whole $damage
    ok "  same figures and files" alike whole $damage
done

cp -r whole before
exits 0 "a finished run is not run again" on 3 run $small --out whole
says "it is not run again"
ok "  its files are as they were" diff -r before whole

exits 4 "divergence is a result" on 2 run $small --lr 1e6 --warmup-epochs 0 --out diverged
ok "  status diverged" status_is diverged diverged
exits 4 "  and is not run again" on 1 run $small --lr 1e6 --warmup-epochs 0 --out diverged
says "it is not run again"
finish
