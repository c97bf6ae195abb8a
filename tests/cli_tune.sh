#!/bin/sh
# Learning rates chosen by the program: sweep --tune, the rates that it adds, its file of rates, and
# experiments that read one.
. "$(dirname "$0")/tap.sh"
mkdir experiments
rates=experiments/rates/toy-smoke.json

# dsgd: the best of its grid is the highest.  qg-dsgdm-n: one rate.  gt: not tuned.
cat >experiments/toy.json <<'END'
{"title": "Toy", "seeds": [1, 2], "metric": "test_loss_mean",
 "base": {"dataset": "quadratic", "workers": 4, "epochs": 20, "warmup_epochs": 0, "milestones": []},
 "axes": {"algorithm": ["dsgd", "qg-dsgdm-n", "gt"]},
 "tune": {"seeds": [7, 8], "holdout": 0, "set": {"epochs": 10},
          "grid": [{"when": {"algorithm": "dsgd"}, "lr": [0.001, 0.05, 0.01]},
                   {"when": {"algorithm": "gt"}, "lr": []}, {"lr": [0.01]}]},
 "tiers": {"smoke": {}, "low": {"axes": {"algorithm": ["dsgd"]},
                                "tune": {"seeds": [7], "holdout": 0, "grid": [{"lr": [1e-9]}]}}}}
END
exits 0 "sweep --tune" on 1 sweep toy --tier smoke --tune
says "toy smoke-tune: 20 runs: 2 run now, 18 finished before, 0 failed"
[ "$(tail -n 2 said | head -n 1)" = "toy smoke-tune: 2 of 2 rows have their best rate inside what was tried; $rates is written" ]
report $? "  its last line"
ok "  an empty row leaves its method out" sh -c '! ls -d results/runs/toy/gt*'
ok "  with its own length" grep -q '"epochs":[[:space:]]*10,' results/runs/toy/dsgd_lr0.05-s7-*/manifest.json
ok "  dsgd goes up by 5 until the next rate is worse" grep -q \
    '^{"when":{"algorithm":"dsgd"},"lr":0.25,"edge":"",.*"epochs":10,"seeds":\[7,8\],.*{"lr":1.25,"mean":[0-9.]*,"values":\[[0-9.]*,[0-9.]*\]}\]},$' $rates
ok "  qg-dsgdm-n by 2" grep -q '^{"when":{"algorithm":"qg-dsgdm-n"},"lr":0.08,"edge":"",' $rates
exits 0 "  its table" on 1 table toy --tier smoke-tune
says "| 0.08 |"
cp $rates first.json
exits 0 "the same again" on 1 sweep toy --tier smoke --tune
says "toy smoke-tune: 20 runs: 0 run now, 20 finished before, 0 failed"
ok "  the file is the same" cmp $rates first.json

# An interrupted tuning continues; which rates are tried depends only on the results.
rm -rf results/runs/toy/*_lr1.25-* results/runs/toy/*_lr0.04-s8-* results/runs/toy/*.json $rates
exits 0 "sweep --tune --list knows the rates added" on 1 sweep toy --tier smoke --tune --list
[ "$(grep -c ' finished$' said) $(grep -c ' to run$' said)" = "13 3" ]
report $? "  as far as the runs that are there ask for them"
exits 0 "the rest of a tuning" on 1 sweep toy --tier smoke --tune
says "20 runs: "
ok "  the file is the same" cmp $rates first.json
# Results of other code lead to no new rates: their runs are made again first.
cp -r results/runs/toy stale && sed -i 's/"core":[[:space:]]*"./&x/' stale/dsgd_lr0.05-s7-*/manifest.json
mkdir -p old/results/runs && cp -r experiments old/ && mv stale old/results/runs/toy
exits 0 "a tuning with stale runs" on 1 sweep toy --tier smoke --tune --list --root old
[ "$(grep -c '^dsgd' said) $(grep -c 'stale, to run$' said)" = "6 1" ]
report $? "  is not extended by them"
exits 0 "  its cost" on 1 sweep toy --tier smoke --tune --dry-run --root old
says "further runs follow where the best rate of a row is the lowest or highest tried"
for root in ranks both; do
    mkdir $root && cp -r experiments $root/ && rm -r $root/experiments/rates
done
exits 0 "on two ranks" on 2 sweep toy --tier smoke --root ranks --tune
ok "  the file is the same" cmp ranks/$rates first.json
on 1 sweep toy --tier smoke --tune --root both >other 2>&1 &
exits 0 "two sweeps at once" on 1 sweep toy --tier smoke --tune --root both
wait
ok "  the file is the same" cmp both/$rates first.json
ok "  the other came to it, too" grep -q "2 of 2 rows have their best rate inside" other

# Rows that are not chosen are kept; with settings that change the runs, no file is written.
rm -rf results/runs/toy/dsgd*
exits 0 "--filter" on 1 sweep toy --tier smoke --tune --filter algorithm=qg-dsgdm-n
says "DSGD: runs are missing or stale"
says "1 of 2 rows have their best rate inside what was tried"
ok "  the rows that it leaves out are kept" cmp $rates first.json
exits 0 "a setting that changes no result" on 1 sweep toy --tier smoke --tune --checkpoint-every 3
says "2 of 2 rows have their best rate inside what was tried; $rates is written"
ok "  the file is the same" cmp $rates first.json
rm -rf results/runs/toy/dsgd*
exits 0 "another schedule" on 1 sweep toy --tier smoke --tune --epochs 5 --filter algorithm=qg-dsgdm-n
says "$rates is not written, because settings of the command line change the runs"
ok "  the file is the same" cmp $rates first.json
exits 0 "a search that ends at its limit" on 1 sweep toy --tier low --tune
says "DSGD: the best rate, 6.4e-08, is at the upper edge of what was tried, 6 beyond the grid"
says "0 of 1 rows"
ok "  and says so" grep -q '"lr":6.4e-08,"edge":"upper"' experiments/rates/toy-low.json

# An experiment that reads the file.  "variant" names what settings set.
reads() { # NAME SED-COMMAND
    sed "s|\"smoke\": {}|\"smoke\": {\"rates_file\": \"rates/toy-smoke.json\", \"axes\": {\"algorithm\": [\"dsgd\", \"qg-dsgdm-n\"]}}|;$2" \
        experiments/toy.json >"experiments/$1.json"
}
reads reader ''
exits 0 "rates from a file" on 1 sweep reader --tier smoke
ok "  are in the runs" grep -q '"lr":[[:space:]]*0.25,' results/runs/reader/dsgd-s1-*/manifest.json
ok "  of each row" grep -q '"lr":[[:space:]]*0.08,' results/runs/reader/qg-dsgdm-n-s2-*/manifest.json
exits 0 "  its table" on 1 table reader --tier smoke
says "Learning rates: chosen by gossipbench sweep toy --tier smoke --tune (rates/toy-smoke.json): the rate with the best result (test loss) after epoch 10, mean of the tuning seeds 7, 8; in 2 of 2 rows it lies inside what was tried"
! grep -q Caution said
report $? "  without a caution"
sed -i 's/"code_sha256":"...../"code_sha256":"other/' $rates
exits 0 "rates that other code of the same version has chosen" on 1 sweep reader --tier smoke
exits 0 "  its table" on 1 table reader --tier smoke
! grep -q Caution said
report $? "  without a caution, as its results are comparable"
sed -i 's/"version":"/&1/;s/"data_files_sha256":"/&other/' $rates
exits 0 "rates that another version has chosen" on 1 sweep reader --tier smoke
exits 0 "  its table" on 1 table reader --tier smoke
says "Caution: the learning rates of 2 of 2 rows were chosen by another version than the runs'"
says "Caution: the learning rates of 2 of 2 rows were chosen on other data than the runs'"
exits 0 "  its verdict" on 1 compare reader --tier smoke
says "Caution: the learning rates of 2 of 2 rows were chosen by another version than the runs'"
exits 2 "--lr" on 1 sweep reader --tier smoke --lr 1
says "varies lr, so lr cannot be set"
reads fixed 's/"axes": {"algorithm": \["dsgd", "q/"settings": [{"when": {"algorithm": "dsgd"}, "set": {"lr": 0.5}}], &/'
exits 0 "a rate that settings give" on 1 sweep fixed --tier smoke
ok "  is not that of the file" grep -q '"lr":[[:space:]]*0.5,' results/runs/fixed/dsgd-s1-*/manifest.json
exits 0 "  its table" on 1 table fixed --tier smoke
says "in 1 of 1 rows it lies inside what was tried; the rates of the other 1 rows are given by the experiment's file"
reads more 's/"qg-dsgdm-n"\]}}/"gt"]}}/'
exits 2 "a row that the file does not have" on 1 sweep more --tier smoke --list
says "experiments/more.json: experiments/rates/toy-smoke.json has no learning rate for algorithm gt: gossipbench sweep toy --tier smoke --tune chooses it"
exits 0 "  is no fault where its cell is not chosen" on 1 sweep more --tier smoke --filter algorithm=dsgd
exits 0 "  whose table lacks it" on 1 table more --tier smoke
[ "$(grep -c '^| ' said) $(grep -c '^| DSGD ' said)" = "3 1" ]
report $? "  and has the others"
exits 0 "  is no fault of another tier" on 1 sweep more --tier low --tune --list
reads axis 's/"smoke": {/"smoke": {"base": {"topology": "ring"}, /;s/{"algorithm": \["dsgd", "qg-dsgdm-n"\]}/{"topology": ["ring"], "algorithm": ["dsgd"]}/'
exits 2 "an axis that the file does not have" on 1 sweep axis --tier smoke --list
says "has no learning rate for topology ring, algorithm dsgd"
# A variant that multiplies the rate of the file, which names no variant.
reads times 's/"smoke": {/"smoke": {"settings": [{"when": {"variant": "own"}, "lr_times": 1}, {"when": {"variant": "twice"}, "lr_times": 2}], /;s/"axes": {"algorithm": \["dsgd", "q/"axes": {"variant": ["own", "twice"], "algorithm": ["dsgd", "q/'
exits 0 "lr_times" on 1 sweep times --tier smoke
ok "  1 is the rate of the file" grep -q '"lr":[[:space:]]*0.25,' results/runs/times/own_dsgd-s1-*/manifest.json
ok "  2 is twice the rate" grep -q '"lr":[[:space:]]*0.5,' results/runs/times/twice_dsgd-s1-*/manifest.json
ok "  of each row" grep -q '"lr":[[:space:]]*0.16,' results/runs/times/twice_qg-dsgdm-n-s2-*/manifest.json
sed 's/"lr_times": 2/"lr_times": -2/' experiments/times.json >experiments/half.json
exits 2 "  which must be above 0" on 1 sweep half --tier smoke --list
says "experiments/half.json: lr_times in tiers.smoke.settings must be a number above 0, and \"rates_file\" must name the file with the rates that it multiplies"
sed 's/"rates_file": "[^"]*", //' experiments/times.json >experiments/half.json
exits 2 "  and has a file to multiply" on 1 sweep half --tier smoke --list
sed 's/{"when": {"variant": "own"}, "lr_times": 1}, //' experiments/times.json >experiments/half.json
exits 2 "  a variant without it has to be named" on 1 sweep half --tier smoke --list
says "has no learning rate for variant own, algorithm dsgd"
reads base 's/"smoke": {/"smoke": {"base": {"algorithm": "dsgd"}, /;s/{"algorithm": \["dsgd", "qg-dsgdm-n"\]}/{"variant": ["a"]}/'
sed -i 's/"when":{"algorithm":"dsgd"}/"when":{"variant":"a","algorithm":"dsgd"}/' $rates
exits 0 "a key of the file that is no axis" on 1 sweep base --tier smoke
ok "  counts by its value" grep -q '"lr":[[:space:]]*0.25,' results/runs/base/a-s1-*/manifest.json
rm $rates
exits 2 "no file" on 1 sweep reader --tier smoke --list
says "experiments/reader.json: experiments/rates/toy-smoke.json is not there; it has to have the learning rate of algorithm dsgd: gossipbench sweep toy --tier smoke --tune chooses it"
echo '{"rows": [{"when": {}}]}' >$rates
exits 2 "a file that is wrong" on 1 sweep reader --tier smoke --list
says 'experiments/rates/toy-smoke.json: rows[0] must have an object "when" and a number "lr"'

# Errors in "tune".
wrong() { # SED-COMMAND SENTENCE
    sed "$1" experiments/toy.json >experiments/wrong.json
    exits 2 "wrong: $1" on 1 sweep wrong --tier smoke --tune --list
    says "experiments/wrong.json: $2"
}
wrong 's/, {"lr": \[0.01\]}//' '"tune" has no rates for qg-dsgdm-n'
wrong 's/"epochs": 10/"epochs": 10, "warmup_epochs": 11/' "cell dsgd_lr0.001: warmup_epochs is 11, but there are only 10 epochs"
wrong 's/"seeds": \[7, 8\]/"seeds": [7, 2]/' "tune.seeds has 2, a seed of the results; rates are chosen with other seeds"
wrong 's/"seeds": \[7, 8\]/"seed": 7/' "unknown key 'seed' (did you mean 'seeds'?) in tune"
wrong 's/"seeds": \[7, 8\]/"seeds": []/' "tune.seeds must be a list of at least one value"
wrong 's/"smoke": {/"smoke": {"rates_file": 1/' "tiers.smoke.rates_file must be the path of a file, in quotes"
finish
