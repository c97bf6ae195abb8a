#!/bin/sh
# gossipbench cost: what a small experiment costs on a network, against numbers worked out by hand.
# shellcheck disable=SC1091,SC2154 # tap.sh sets the variables
. "$(dirname "$0")/tap.sh"
mkdir experiments
# Four workers with x of 10 numbers: a message has 40 bytes.
cat >experiments/small.json <<'END'
{"title": "small", "metric": "test_loss_mean", "claims": [],
 "base": {"dataset": "quadratic", "dim": 10, "workers": 4, "epochs": 3, "lr": 0.1, "eval_every": 1,
   "warmup_epochs": 0, "milestones": []},
 "axes": {"topology": ["ring", "complete"], "algorithm": ["dsgd"]}, "seeds": [1, 2], "tiers": {"quick": {}}}
END
cost="$program cost small --bandwidth 320Kbit --latency 1ms --compute 5ms"
exits 0 "an experiment" $program sweep small
exits 0 "its cost" $cost --format csv
# 80 bytes at 40,000 a second are 2 ms, 120 are 3; 5 of computing; 1 of latency.
ok "  as the model says, in the order of the cells" sh -c "$cost --format csv |
    cut -d, -f1-5 | tail -n 2 | tr '\n' ' ' | grep -qx 'ring,dsgd,0.000,8.00,0.000 complete,dsgd,0.000,9.00,0.000 '"
ok "  overlapped" sh -c "$cost --overlap --format csv | cut -d, -f4 | tr '\n' ' ' | grep -qx 'ms a round 5.00 5.00 '"
ok "  its curve has the seconds of each evaluation" sh -c "$cost --format curves |
    cut -d, -f1,4,5,6 | grep -qx 'complete,3,0.027,0.00036'"
exits 0 "its files" $cost --save
for ending in md csv tex; do
    ok "  .$ending" test -s results/tables/small-quick-cost.$ending
done
ok "  curves" test -s results/tables/small-quick-cost-curves.csv
if command -v gnuplot >/dev/null; then
    exits 0 "its figures" $cost --plot
    for figure in time bytes; do
        ok "  over $figure" test -s results/figures/small-quick-cost-$figure-test_loss_mean.pdf
    done
    exits 0 "the other figures" $program plot small
    ok "  leave these there" test -s results/figures/small-quick-cost-time-test_loss_mean.pdf
    touch results/runs/small/quick.json
    exits 0 "the others, of newer runs" $program plot small
    ok "  remove these" test ! -e results/figures/small-quick-cost-time-test_loss_mean.pdf
else
    skip "its figures" "there is no gnuplot"
fi
# The target: a value that is never reached has no time.
ok "an impossible target" sh -c "$cost --target -1 --format csv | tail -n 1 | grep -q -- ',-1,–,–\$\|,-1.000,–,–\$'"
exits 2 "a bandwidth without a unit" $program cost small --bandwidth 100
says "gossipbench: --bandwidth is '100', but must be a number with a unit, such as 1Gbit or 100Mbit"
exits 2 "more hosts than workers" $program cost small --hosts 5
says "gossipbench: 5 hosts are more than the 4 workers of the run"
exits 2 "an unknown metric" $program cost small --metric speed
exits 2 "no such format" $program cost small --format png

# Rows and indexes that have been damaged: one sentence, from cost and from the figures.
rows=$(ls results/runs/small/ring_dsgd-s1-*/metrics.csv) index=results/runs/small/quick.json
cp "$rows" rows && cp $index index
refused() { # WORDS SED-SCRIPT FILE
    sed -i "$2" "$3"
    exits 1 "cost: $1" $cost
    says "$3: $1"
    command -v gnuplot >/dev/null && exits 1 "plot: $1" "$program" plot small && says "$3: $1"
    cp rows "$rows" && cp index $index
}
refused "row 2: train_loss is 'much', but must be a number or empty" '2s/^\(\([^,]*,\)\{3\}\)[^,]*/\1much/' "$rows"
refused "row 2: step is 'nan', but must be a number or empty" '2s/^1,1,/1,nan,/' "$rows"
refused "row 3: step is '2', but must be a number from 999999999 to" '2s/^1,1,/1,999999999,/' "$rows"
refused "row 4: step is '1e300', but must be a number from 2 to" '4s/^3,3,/3,1e300,/' "$rows"
refused "row 2: step is '-5', but must be a number from 0 to" '2s/^1,1,/1,-5,/' "$rows"
refused "has no column 'epoch'" 1d "$rows"
refused 'has no list "runs", so it is no index of runs' '2,$d; s/.*/{}/' $index
refused 'run 1: must have a text "dir" and a number "seed"' 's/"seed":\(.*\)1,/"seed":\1"1",/' $index
for verb in table compare; do
    echo '{"experiment": "small", "tier": "quick"}' >$index
    exits 1 "$verb without runs" "$program" $verb small
    says "so it is no index of runs"
done
finish
