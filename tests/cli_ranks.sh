#!/bin/sh
# A run's results are the same, bit for bit, on any number of ranks, and when it is repeated.
. "$(dirname "$0")/tap.sh"
settings small.json --dataset synthetic-images --train-limit 320 --test-limit 64 --model resnet8-bn --workers 8 \
    --batch-size 16 --epochs 2 --alpha 0.1 --lr 0.1 --lr-start 0.01 --warmup-epochs 1
small=small.json

for graph in ring one-peer-exponential; do
    for ranks in 1 2 3 4; do
        exits 0 "$graph, $ranks ranks" on $ranks run $small --topology $graph --out $graph-$ranks
        ok "  status finished" status_is $graph-$ranks finished
        [ $ranks -eq 1 ] || ok "  same bits as alone" same $graph-1 $graph-$ranks
    done
done
ok "two evaluations in metrics.csv" test "$(wc -l <ring-1/metrics.csv)" -eq 3
exits 0 "repeated" on 1 run $small --topology ring --out again
ok "  same bits" same ring-1 again
! same ring-1 one-peer-exponential-1 >"$temp/said" 2>&1
report $? "the two graphs differ"
exits 0 "another seed" on 1 run $small --topology ring --seed 2 --out seed2
! same ring-1 seed2 >"$temp/said" 2>&1
report $? "two seeds differ"

# Exact averaging, and methods without gossip, use other functions of gossip/.
for method in sgdm-n dsgdm-n; do
    for ranks in 1 3; do
        exits 0 "$method, $ranks ranks" on $ranks run $small --topology complete \
            --algorithm $method --out $method-$ranks
    done
    ok "  same bits" same $method-1 $method-3
done
# Workers that hold different numbers of samples, or images with noise.
for partition in quantity-skew feature-skew; do
    for ranks in 1 3; do
        exits 0 "$partition, $ranks ranks" on $ranks run $small --partition $partition \
            --local-steps 2 --clip-norm 1 --out $partition-$ranks
    done
    ok "  same bits" same $partition-1 $partition-3
done
exits 0 "what workers hold" on 1 partition $small --partition quantity-skew --out uneven.csv
says "8 workers, 10 to 211 samples each;"
exits 0 "the same from a file" on 1 run $small --partition file --partition-file uneven.csv \
    --local-steps 2 --clip-norm 1 --out from-file
ok "  same bits" same quantity-skew-1 from-file
# Many more workers than ranks.
for ranks in 1 2 3; do
    exits 0 "1024 workers, $ranks ranks" on $ranks run --dataset quadratic --workers 1024 \
        --algorithm gt --topology exponential --epochs 20 --warmup-epochs 0 --out many-$ranks
    [ $ranks -eq 1 ] || ok "  same bits as alone" same many-1 many-$ranks
done
"$program" data generate cifar10 --out data --seed 1 >/dev/null
# Ranks of a machine hold the images once: the parts of all ranks in the shared memory add up to it.
long="run $small --dataset cifar10 --data-dir data --train-limit 20000 --test-limit 500"
# shellcheck disable=SC2086 # words
mpirun -np 3 "$program" $long --epochs 100 --batch-size 32 --out long </dev/null >said 2>&1 &
pid=$!
started long metrics.csv 2
for rank in $(pgrep -P $pid); do
    awk '/memfd:gossipbench/ { on = 1 } on && /^Pss:/ { sum += $2; on = 0 } END { print sum + 0 }' "/proc/$rank/smaps"
done >held
kill -s INT $pid
wait $pid
ok "3 ranks share the images" awk '{ sum += $1; n++; print } $1 < 10000 { bad = 1 }
    END { exit bad || n != 3 || sum < 58000 || sum > 64000 }' held
if unshare -p -f --mount-proc true 2>/dev/null; then
    exits 0 "a rank that cannot see the other" timeout $run_limit mpirun -np 1 "$program" run $small --topology ring \
        --out apart : -np 1 unshare -p -f --mount-proc "$program" run $small --topology ring --out apart
    says "some ranks cannot read the memory of others on their machine: they hold the images themselves"
    ok "  same bits" same ring-1 apart
else
    skip "a rank that cannot see the other" "no other namespace of processes can be made here"
fi
# One model for all, and balanced classes: the mean over the workers' own mixes is the accuracy.
for ranks in 1 3; do
    exits 0 "accuracies on own classes, $ranks ranks" on $ranks run $small --dataset cifar10 --data-dir data \
        --algorithm sgdm-n --model resnet8-gn --eval-scopes '["mean", "own"]' --test-limit 60 --out own-$ranks
done
ok "  same bits" same own-1 own-3
ok "  two more columns" grep -q ',bytes_sent,acc_own_pct,acc_own_worst_pct$' own-1/metrics.csv
ok "  their mean is the accuracy" awk -F, 'NR > 1 && ($5 == "" || ($13 - $5) ^ 2 > 1e-7 || $14 > $13) {
    bad = 1 } END { exit bad || NR != 3 }' own-1/metrics.csv
! grep -q acc_own ring-1/metrics.csv
report $? "  other runs have no such column"
# Everything that affects the bits must be the same at all ranks.
"$program" data generate cifar10 --out other --seed 2 >/dev/null
# refused CODE WORDS ARGUMENTS...: rank 1 is started with these arguments, and no rank continues.
refused() {
    code=$1 words=$2
    shift 2
    exits "$code" "another rank 1" timeout $run_limit \
        mpirun -np 1 "$program" run $small --out refused : -np 1 "$@" --out refused
    says "gossipbench: rank 1 on "
    says "$words"
    ok "  one sentence" test "$(grep -c '^gossipbench: ' "$temp/said")" -eq 1
}
refused 1 "no.json: cannot be read" "$program" run no.json
refused 1 "lr is '0.2', but '0.1' at rank 0" "$program" run $small --lr 0.2
refused 1 "epochs is '3', but '2' at rank 0" "$program" run $small --epochs 3
refused 1 "checkpoint_every is '3', but" "$program" run $small --checkpoint-every 3
refused 1 "set of kernels is 'plain', but" -x GOSSIPBENCH_KERNELS=plain "$program" run $small
refused 1 "BLAS is 'OpenBLAS" -x OPENBLAS_CORETYPE=Nehalem "$program" run $small
settings small.json --dataset cifar10 --data-dir data --train-limit 320 --test-limit 64 --workers 8 \
    --batch-size 16 --epochs 2 --warmup-epochs 1
refused 1 "hash of the data files is" "$program" run $small --data-dir other
# apart CODE WORDS "ARGUMENTS" "ARGUMENTS": two ranks that are started with these end with one sentence.
apart() {
    # shellcheck disable=SC2086 # words
    exits "$1" "'$3' beside '$4'" timeout -k 1 $run_limit mpirun -np 1 "$program" $3 : -np 1 "$program" $4
    says "rank 1 on "
    says "$2"
    ok "  one sentence" test "$(grep -c '^gossipbench: ' "$temp/said")" -eq 1
}
for words in --help "run --help" info; do
    exits 0 "$words, 3 ranks" on 3 $words
    mv said many
    exits 0 "  alone" on 1 $words
    mv said alone
    ok "  it is printed once" cmp alone many
done
mkdir experiments
for lr in 0.1 0.2; do
    echo '{"base": {"dataset": "consensus", "workers": 2, "epochs": 2, "warmup_epochs": 0, "lr": '$lr'},
        "axes": {"algorithm": ["dsgd", "gt"]}, "seeds": [1], "metric": "test_loss_mean",
        "tiers": {"smoke": {}, "quick": {}}}' >experiments/toy$lr.json
done
toy="--dataset consensus --workers 2 --epochs 2 --warmup-epochs 0"
problem="quadratic --topology ring --algorithm"
apart 1 "the command line is 'run --resume', but 'run' at" "run $toy" "run $toy --resume"
apart 1 "the command line is 'run', but 'run --replace' at" "run $toy --replace" "run $toy"
apart 1 "the verb is 'quadratic', but 'run' at" "run $toy" "$problem gt --in a --out b"
apart 1 "the verb is 'run', but 'none' at" "run --help" "run $toy"
apart 1 "the verb is 'info', but 'run' at" "run $toy" "info"
apart 1 "the verb is 'none', but 'run' at" "run $toy" "rum"
apart 2 "--out needs a value" "run $toy" "run $toy --out"
apart 1 "the command line is 'sweep --tier smoke --filter algorithm=gt', but" \
    "sweep toy0.1 --tier smoke" "sweep toy0.1 --tier smoke --filter algorithm=gt"
apart 1 "the command line is 'sweep --tier smoke --list', but" \
    "sweep toy0.1 --tier smoke" "sweep toy0.1 --tier smoke --list"
apart 1 "the hash of the experiment's runs is" "sweep toy0.1 --tier smoke" "sweep toy0.2 --tier smoke"
apart 1 "experiments/none.json: cannot be read" "sweep toy0.1 --tier smoke" "sweep none --tier smoke"
apart 2 "lr is '-1'" "sweep toy0.1 --tier smoke" "sweep toy0.1 --tier smoke --lr -1"
ok "no run was made" test ! -e results
if /usr/bin/python3 -c 'import numpy' 2>said; then
    /usr/bin/python3 -c 'import numpy as np; x = np.ones((4, 3)); np.savez("p.npz", x0=x, h=x, b=x,
        noise=np.ones((5, 4, 3)), lrs=np.full(5, 0.1), weight_decay=np.float64(0))'
    problem="quadratic --topology ring --in p.npz --out path.npz --algorithm"
    apart 1 "algorithm is '\"dsgd\"', but '\"gt\"' at" "$problem gt" "$problem dsgd"
    apart 2 "momentum is '5'" "$problem gt" "$problem gt --momentum 5"
    ok "no path was written" test ! -e path.npz
else
    skip "quadratic with two methods" "NumPy is not here"
fi
# The real ImageNet 32x32, a part of its classes.
real=${GOSSIPBENCH_DATA:-$root/datasets/data}
if [ -e "$real/imagenet32" ]; then
    for ranks in 1 2; do
        exits 0 "imagenet32, $ranks ranks" on $ranks run --dataset imagenet32 --data-dir "$real" \
            --classes 10 --train-limit 2000 --test-limit 200 --model resnet8-gn --workers 8 \
            --epochs 1 --lr 0.1 --warmup-epochs 0 --out imagenet32-$ranks
        says "imagenet32: 2000 training and 200 test images, 6 MiB a machine"
    done
    ok "  same bits" same imagenet32-1 imagenet32-2
else
    skip "imagenet32 on 1 and 2 ranks" "$real/imagenet32 is not there"
fi
finish
