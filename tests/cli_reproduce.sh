#!/bin/sh
# scripts/reproduce.sh where learning rates that the program chooses are not there: it chooses them first,
# but not on data that only stand in for the experiment's own.
. "$(dirname "$0")/tap.sh"
mkdir -p scripts experiments results/published build/release datasets
cp "$root"/scripts/*.sh scripts/
ln -s "$program" build/release/gossipbench
cat >experiments/toy.json <<'END'
{"title": "Toy", "seeds": [1, 2], "metric": "test_loss_mean",
 "base": {"dataset": "quadratic", "workers": 4, "epochs": 20, "warmup_epochs": 0, "milestones": []},
 "axes": {"algorithm": ["dsgd", "gt"]},
 "tune": {"seeds": [7], "holdout": 0, "grid": [{"lr": [0.001, 0.05, 0.01]}]},
 "tiers": {"quick": {"rates_file": "rates/toy-quick.json"}}}
END
rates=experiments/rates/toy-quick.json
exits 0 "rates that are not there" scripts/reproduce.sh toy quick
says "reproduce: $rates is not there: the learning rates are chosen first, on held-out samples"
says "2 of 2 rows have their best rate inside what was tried; $rates is written"
says "toy quick: 4 runs: 4 run now, 0 finished before, 0 failed"
lr=$(sed -n 's/^{"when":{"algorithm":"gt"},"lr":\([0-9.]*\),.*/\1/p' $rates)
ok "  are in the runs" grep -q "\"lr\":[[:space:]]*${lr:-none}," results/runs/toy/gt-s2-*/manifest.json
cp $rates chosen
exits 0 "the same again" scripts/reproduce.sh toy quick
! grep "chosen first" said
report $? "  chooses none"
ok "  the file is the same" cmp $rates chosen
rm -r experiments/rates && : >experiments/rates
exits 1 "rates that cannot be written" scripts/reproduce.sh toy quick
! grep -q "^toy quick:" said
report $? "  no run is made without them"
rm experiments/rates

# CIFAR-10 cannot be had here, so that other files stand in for it.
sed 's/"quadratic"/"cifar10", "model": "resnet8-gn-w1", "data_dir": "data"/; s/"test_loss_mean"/"acc_mean_pct"/
    s/toy-quick/images-quick/; s/"holdout": 0/"holdout": 100/' experiments/toy.json >experiments/images.json
export CIFAR10_URL="file://$PWD/nowhere"
exits 1 "rates for a stand-in" scripts/reproduce.sh images quick
says "reproduce: experiments/rates/images-quick.json is not there, and learning rates are chosen only on the experiment's own data, which are not here"
[ "$(grep -c '^reproduce: ' said) $(grep -x -A 1 'EXIT=1' said | tail -n 1)" = "1 exit code 1, expected 1" ]
report $? "  one sentence, and the code"
ok "  nothing is run" test ! -e results/runs/images
finish
