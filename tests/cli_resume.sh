#!/bin/sh
# An interrupted run goes on to the same bits, also on another number of ranks; damaged checkpoints
# are refused; finished runs are left alone; divergence is a result.
. "$(dirname "$0")/tap.sh"
small="--dataset synthetic-images --train-limit 320 --test-limit 64 --model resnet8-bn --workers 8
    --batch-size 16 --epochs 10 --alpha 0.1 --lr 0.05 --warmup-epochs 1 --eval-every 2"

exits 0 "uninterrupted" on 1 run $small --out whole
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

# Killed without warning after epoch 4: the checkpoint of epoch 3 counts, the row of 4 is made anew.
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

# Weights and messages on their way are state, too; which messages are lost is not.
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

# The hash of the code stands behind 16 bytes of magic and 72 of the configuration's hash.
printf 'x' | dd of=damaged/checkpoint bs=1 seek=88 conv=notrunc 2>/dev/null
exits 0 "a checkpoint of other code" on 1 run $small --out damaged --resume
says "of other code: starting anew"
ok "  same bits as from the start" same whole damaged

cp -r whole before
exits 0 "a finished run is not run again" on 3 run $small --out whole
says "it is not run again"
ok "  its files are as they were" diff -r before whole

exits 0 "divergence is a result" on 2 run $small --lr 1e6 --warmup-epochs 0 --out diverged
ok "  status diverged" status_is diverged diverged
exits 0 "  and is not run again" on 1 run $small --lr 1e6 --warmup-epochs 0 --out diverged
says "it is not run again"
finish
