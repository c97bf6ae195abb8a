#!/bin/sh
# Toy problems run like data sets: the same bits on any number of ranks and when resumed, results as
# predicted by theory, refusals of unsuitable keys and verbs, a table with losses.
. "$(dirname "$0")/tap.sh"
still="--warmup-epochs 0 --milestones [] --checkpoint-every 0"
toy="$still --workers 8 --epochs 40 --eval-every 10 --lr 0.001 --noise 0.1"

# last DIR FIELD: that field of the last row.
last() {
    tail -n 1 "$1/metrics.csv" | cut -d , -f "$2"
}
# is LEFT OPERATOR RIGHT: of numbers.
is() {
    echo "$1 $2 $3"
    [ -n "$1" ] && awk "BEGIN { exit !($1 $2 $3) }"
}

for problem in quadratic rosenbrock consensus; do
    for ranks in 1 2 3; do
        exits 0 "$problem, $ranks ranks" on $ranks run --dataset $problem --dim 3 $toy --out $problem-$ranks
        [ $ranks -eq 1 ] || ok "  same bits as alone" same $problem-1 $problem-$ranks
        [ $ranks -eq 1 ] || ok "  same path" cmp $problem-1/path.csv $problem-$ranks/path.csv
    done
    ok "  status finished" status_is $problem-1 finished
    ok "  4 rows without accuracies, with losses" awk -F, 'NR > 1 && ($5 $6 $7 $8 $9 != "" ||
        $4 == "" || $10 == "" || $11 == "") { bad = 1 } END { exit bad || NR != 5 }' $problem-1/metrics.csv
    ok "  a path of 5 times 8 points from step 0" awk -F, 'NR == 2 && ($2 != 0 || $3 != 0) ||
        NR > 1 && ($2 != 10 * int((NR - 2) / 8) || $3 != (NR - 2) % 8) { bad = 1 }
        END { exit bad || NR != 41 }' $problem-1/path.csv
    ok "  rounds a second" grep -q "^epoch,step,wall_seconds,rounds_per_second," $problem-1/timing.csv
    ok "  no split" test ! -e $problem-1/split.csv
done
ok "a path names its coordinates" grep -qx "epoch,step,worker,x_1,x_2,x_3" quadratic-1/path.csv
exits 0 "4 dimensions are not drawn" on 1 run --dataset quadratic --dim 4 $toy --out four
ok "  no path" test ! -e four/path.csv
grep -qE '"(model|batch_size|weight_decay|partition|alpha)"' four/manifest.json
[ $? -ne 0 ]
report $? "the manifest's configuration is that of the problem"
exits 0 "another weight decay and model" on 1 run --dataset quadratic --dim 4 $toy \
    --weight-decay 0.5 --model none --out four
says "it is not run again"

# A schedule from a file, by the rates of its rows; a method that takes no local steps.
printf 'epoch,factor\n0,0.5\n2,4\n' >rates.csv
exits 0 "rates from a file" on 1 run --dataset consensus --epochs 3 --lr 0.1 --warmup-epochs 0 \
    --lr-schedule file:rates.csv --out rates
ok "  are its factors times lr" test "$(tail -n 3 rates/metrics.csv | cut -d , -f 3 | xargs)" = "0.05 0.05 0.4"
exits 1 "a file of another kind" on 1 run --dataset consensus --lr-schedule file:rates/metrics.csv \
    --out refused
says 'rates/metrics.csv: row 1 is not "epoch,factor", the heading'
exits 2 "local steps for d2" on 1 run --dataset consensus --algorithm d2 --lazy true --local-steps 4 \
    --out refused
says "d2 takes no local_steps, because what it corrects a step by is the change of one mixing"

# One run with several seeds: each as if run alone, and the summary as in tables.
many="--dataset quadratic --dim 4 --noise 0.1 $still --workers 4 --epochs 20 --eval-every 20 --lr 0.01"
exits 0 "three seeds" on 1 run $many --seeds 1-2,7 --out seeds
says "seeds: mean ± deviation of 3 runs after the last epoch"
cp said pool
pool=$(for seed in 1 2 7; do last seeds/s$seed 10; done | awk '{ n++; sum += $1; square += $1 * $1 }
    END { printf "%.3g ± %.2g", sum / n, sqrt((square - sum * sum / n) / (n - 1)) }')
ok "  of what they end with" grep -qFx "  test_loss_mean           $pool" pool
exits 0 "one of them alone" on 2 run $many --seed 7 --out seven
ok "  same bits" same seeds/s7 seven
exits 0 "their table" on 1 table seeds --tier seeds --from .
says "| $pool | 3 |"
exits 0 "one more" on 2 run $many --seeds 1,2,7,3 --out seeds
says "seeds/s7: this run has finished; it is not run again"
says "mean ± deviation of 4 runs"
exits 4 "some that diverge" on 1 run --dataset quadratic $still --workers 4 --epochs 300 --lr 50 \
    --seeds 5,6 --out diverged
says "mean ± deviation of 0 runs after the last epoch; 2 diverged"
for list in 2-1 1,1 '1,' a 1-2-3 1.5; do
    exits 2 "seeds $list" on 1 run $many --seeds "$list" --out refused
done
exits 2 "--seeds and --seed" on 1 run $many --seeds 1-3 --seed 2 --out refused
says "take one of them"

# Interrupted in mid-run and resumed on another number of ranks, path included.
long="--dataset quadratic --dim 3 --noise 0.1 $still --workers 8 --epochs 40000 --eval-every 200
    --lr 0.01"
exits 0 "uninterrupted" on 1 run $long --out whole
exits 75 "SIGINT" interrupt INT cut "$program" run $long --out cut
ok "  status interrupted" status_is cut interrupted
ok "  before its end" is "$(wc -l <cut/metrics.csv)" "<" 201
exits 0 "  resumed on 2 ranks" on 2 run $long --out cut --resume
says "resumed at step"
ok "  same bits" same whole cut
ok "  same path" cmp whole/path.csv cut/path.csv

# Theory: exact averaging in log2 n rounds; methods that correct heterogeneity reach the optimum.
average="--dataset consensus --dim 50 $still --workers 16 --eval-every 1 --algorithm dsgd"
exits 0 "consensus, one-peer-exponential" on 1 run $average --epochs 4 \
    --topology one-peer-exponential --out peers
ok "  not before round 4" is "$(sed -n 4p peers/metrics.csv | cut -d , -f 11)" ">" 0.1
ok "  averages exactly in 4 rounds" is "$(last peers 11)" "<" 1e-6
ok "  to the mean of the starts" is "$(last peers 10)" "<" 1e-12
# Rounds of two edges each way for 16 workers, 50 numbers of 4 bytes.
exits 0 "consensus, ring" on 1 run $average --epochs 5 --topology ring --out ring
ok "  bytes are counted" test "$(last ring 12)" = $((5 * 32 * 50 * 4))
exits 0 "consensus, three steps from one round to the next" on 1 run $average --epochs 12 \
    --topology one-peer-exponential --local-steps 3 --out local
ok "  not before the fourth round" is "$(sed -n 12p local/metrics.csv | cut -d , -f 11)" ">" 0.1
ok "  averages exactly in 4 rounds" is "$(last local 11)" "<" 1e-6
ok "  whose bytes are counted" test "$(last local 12)" = $((4 * 16 * 50 * 4))
optimum() { # METHOD VARIANT
    "$root/build/$2/gossipbench" run --dataset quadratic --conditioning 10 $still --workers 16 \
        --topology ring --lazy true --lr 0.1 --epochs 4000 --eval-every 1000 --algorithm "$1" \
        --out "$2-$1" </dev/null
}
for method in dsgd dsgdm-n qg-dsgdm-n gt; do
    exits 0 "quadratic, $method" optimum $method release
done
ok "  gt reaches the optimum" is "$(last release-gt 10)" "<" 1e-9
ok "  dsgd does not" is "$(last release-dsgd 10)" ">" 1e-2
ok "  nor does qg-dsgdm-n" is "$(last release-qg-dsgdm-n 10)" ">" "$(last release-dsgd 10)"
ok "  dsgdm-n is farther still" is "$(last release-dsgdm-n 10)" ">" "$(last release-qg-dsgdm-n 10)"
# The loss is half a square of a distance that is 1e-8.
if [ -x "$root/build/double/gossipbench" ]; then
    for method in gt gt-atc d2 exact-diffusion momentum-tracking; do
        exits 0 "quadratic in double, $method" optimum $method double
        ok "  reaches the optimum" is "$(last double-$method 10)" "<" 5e-17
    done
fi

# On an unstable graph, divergence is a result here, too.
exits 4 "d2 on a graph where it is unstable" on 1 run --dataset consensus $still --workers 32 \
    --topology davis-southern-women --algorithm d2 --allow-unstable true --epochs 40000 \
    --eval-every 1000 --out unstable
ok "  diverged" status_is unstable diverged
exits 4 "rosenbrock at a rate too high" on 2 run --dataset rosenbrock $still --workers 2 --lr 1 \
    --epochs 100 --out steep
ok "  diverged" status_is steep diverged

# refused CODE WORDS ARGUMENTS...
refused() {
    code=$1 words=$2
    shift 2
    exits "$code" "refused: $*" on 1 "$@" --out refused
    says "$words"
    ok "  one sentence" test "$(grep -c '^gossipbench: ' said)" -eq 1
}
refused 2 "did you mean 'quadratic'?" run --dataset quadratik
refused 2 "did you mean 'noise'?" run --dataset quadratic --nois 1
refused 2 "dim is '0'" run --dataset quadratic --dim 0
refused 2 "dim is '2.5'" run --dataset quadratic --dim 2.5
refused 2 "heterogeneity is '-1'" run --dataset quadratic --heterogeneity -1
refused 2 "noise is 'x'" run --dataset quadratic --noise x
refused 2 "conditioning is '0'" run --dataset quadratic --conditioning 0
refused 2 "is a toy problem, which has no samples" partition --dataset quadratic
refused 2 "unstable" run --dataset quadratic --algorithm d2 --topology ring --workers 16
refused 1 "MiB more on this machine" run --dataset quadratic --dim 100000000 --workers 1024

# The smoke tiers of the committed experiments; then one with claims.
cp -r "$root/experiments" .
for experiment in toy-quadratic:2 figure-consensus:3 figure-rosenbrock:1; do
    ranks=${experiment#*:} experiment=${experiment%:*}
    exits 0 "sweep $experiment" on $ranks sweep $experiment --tier smoke
    exits 0 "  its table" on 1 table $experiment --tier smoke --save
    exits 0 "  its verdict" on 1 compare $experiment --tier smoke --save
    says "VERDICT=NO-CLAIMS table=$experiment tier=smoke"
done
exits 0 "sweep toy-quadratic, quick" on 1 sweep toy-quadratic --tier quick
exits 0 "  its verdict" on 1 compare toy-quadratic --tier quick
says "REPRODUCED     GT beats DSGD at heterogeneity 1 (test loss, lower is better): +0.0"
exits 0 "  its table" on 1 table toy-quadratic --tier quick
says "| heterogeneity | method | test loss | consensus distance | seeds |"
want=$(for run in results/runs/toy-quadratic/heterogeneity1_gt-s?-*; do
    [ "$(wc -l <"$run/metrics.csv")" -eq 3 ] || last "$run" 10 # not the smoke tier's
done | awk '{ s += $1 } END { printf "%.3g", s / NR }')
says "| 1 | GT | $want ± "
finish
