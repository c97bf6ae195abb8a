#!/bin/sh
# An experiment from its file to its table, checked against the runs' own metrics.csv; and the verbs
# that only report: info, topology, partition.
. "$(dirname "$0")/tap.sh"
mkdir experiments
cat >experiments/tiny.json <<'END'
{"title": "Tiny", "seeds": [1, 2], "note": "tiny on purpose",
 "base": {"dataset": "synthetic-images", "train_limit": 160, "test_limit": 50, "model": "resnet8-gn",
          "workers": 4, "epochs": 1, "batch_size": 16, "warmup_epochs": 0, "lr": 0.05},
 "axes": {"alpha": [1, 0.1], "algorithm": ["dsgd", "qg-dsgdm-n"]},
 "settings": [{"when": {"algorithm": "dsgd", "alpha": 1}, "set": {"lr": 0.1}}],
 "claims": [{"better": {"algorithm": "qg-dsgdm-n"}, "than": {"algorithm": "dsgd"},
             "at": {"alpha": 0.1}, "scope": "acc_mean_pct"}],
 "tiers": {"smoke": {}, "two": {"seeds": [3], "claims": [], "axes": {"algorithm": ["dsgd", "dsgdm"]}}}}
END
runs=results/runs/tiny

exits 0 "sweep --list" on 1 sweep tiny --tier smoke --list
[ "$(grep -c 'to run$' said)" -eq 8 ]
report $? "  names 8 runs"
exits 1 "table before there is one" on 1 table tiny --tier smoke
says "results/runs/tiny/smoke.json is not there"
exits 0 "sweep" on 2 sweep tiny --tier smoke
says "8 runs: 8 run now, 0 finished before, 0 failed"
exits 0 "sweep again" on 1 sweep tiny --tier smoke
says "8 runs: 0 run now, 8 finished before, 0 failed"
ok "a setting holds where it should" grep -q '"lr":[[:space:]]*0.1,' $runs/alpha1_dsgd-s1-*/manifest.json
ok "  and not elsewhere" grep -q '"lr":[[:space:]]*0.05,' $runs/alpha0.1_dsgd-s1-*/manifest.json

exits 0 "table" on 1 table tiny --tier smoke --save
says "- Note: tiny on purpose"
[ "$(grep -c VERDICT= said)" -eq 0 ]
report $? "  says no verdict"
for ending in csv md tex; do
    ok "  tiny-smoke.$ending is written" test -s results/tables/tiny-smoke.$ending
done
on 1 table tiny --tier smoke --format csv >table.csv
ok "--format csv is what was saved" cmp table.csv results/tables/tiny-smoke.csv
ok "  41 lines of 20 fields" awk -F, 'NF != 20 { bad = 1 } END { exit bad || NR != 41 }' table.csv
# Mean and deviation of the last row, computed from metrics.csv (fields 5, 7, 9: the scopes).
for cell in alpha1_dsgd alpha0.1_qg-dsgdm-n; do
    for scope in 5:acc_mean_pct 7:acc_worst_pct 9:acc_average_pct; do
        want=$(for run in $runs/${cell}-s?-*; do tail -n 1 "$run/metrics.csv"; done |
            awk -F, -v k=${scope%%:*} '{ s += $k; q += $k * $k }
                END { printf "%.2f,%.2f", s / NR, sqrt((q - s * s / NR) / (NR - 1)) }')
        alpha=${cell%%_*} method=${cell#*_}
        got=$(awk -F, -v a="${alpha#alpha}" -v m="$method" -v s=${scope#*:} '
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            $at["alpha"] == a && $at["algorithm"] == m && $at["scope"] == s && $at["value"] == "last" {
                printf "%.2f,%.2f", $at["mean_pct"], $at["std_pct"] }' table.csv)
        echo "$cell $scope: table $got, runs $want" >said
        [ "$got" = "$want" ]
        report $? "  $cell ${scope#*:} is that of the runs"
    done
done

if has_terminal; then
    script -qec "$program table tiny --tier smoke" screen </dev/null >/dev/null
    ok "on a terminal, the columns are aligned" sh -c "grep '^|' screen | sed 's/[^ -~]\{1,3\}/x/g' |
        awk '{ print; n += length != (NR == 1 ? first = length : first) } END { exit n || NR < 6 }'"
    ok "  the cells are the same" sh -c "grep '^|' screen | tr -d '\r' |
        sed 's/-\{4,\}/---/g; s/  */ /g' | grep -vxFf results/tables/tiny-smoke.md; [ \$? -eq 1 ]"
else
    skip "a table on a terminal" "$why_not"
fi

# The verdict, and the regression gate against the table that was saved.
exits 1 "compare with a gate before there is anything to compare with" on 1 compare tiny \
    --tier smoke --gate
exits 0 "compare" on 1 compare tiny --tier smoke --save
[ "$(tail -n 2 said | head -n 1 | sed 's/published=.*//; s/=[A-Z-]* /= /')" = "VERDICT= table=tiny tier=smoke \
data=synthetic-images cells=4 runs=8/8 diverged=0 " ]
report $? "  its last line is the verdict"
ok "  it judges the claim" grep -qE "^- \*\*[A-Z-]+\*\* QG-DSGDm-N beats DSGD at α 0.1" \
    results/tables/tiny-smoke-verdict.md
ok "  in CSV, too" grep -q "^claim,0.1,,acc_mean_pct,last," results/tables/tiny-smoke-verdict.csv
mkdir -p results/expected
cp table.csv results/expected/tiny-smoke.csv
exits 0 "the same runs pass the gate" on 1 compare tiny --tier smoke --gate
says "expected=same:4,pass:0,outside:0,not-comparable:0,not-run:0"
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR > 1 && $at["scope"] == "acc_mean_pct" { $at["mean_pct"] += 90; $at["std_pct"] = 0.01 }
    { print }' table.csv >results/expected/tiny-smoke.csv
exits 3 "cells that were better before do not" on 1 compare tiny --tier smoke --gate
says "VERDICT=FAIL"
exits 0 "  without a gate they are only named" on 1 compare tiny --tier smoke
says "OUTSIDE        α 1, method DSGD"
# A paper's numbers are compared with the right one of the four cells.
mkdir results/published
cat >results/published/published.csv <<'END'
paper,table,dataset,model,workers,topology,alpha,epochs,message_loss,method,metric,value,std,seeds
"Doe, Roe",1,synthetic-images,,4,ring,0.1,1,,qg-dsgdm-n,accuracy,-50,,
"Doe, Roe",1,cifar10,,4,ring,1,1,0,dsgd,accuracy,50,1,3
"Doe, Roe",1,synthetic-images,,4,ring,0.1,1,0.1,qg-dsgdm-n,accuracy,50,,
END
table='"paper": "Doe, Roe", "table": "1", "scope": "acc_mean_pct", "value": "last"'
sed "s/\"claims\":/\"protocol\": true, \"published\": [{$table}], \"claims\":/" $runs/smoke.json >index.json
cp index.json $runs/smoke.json
exits 0 "published numbers" on 1 compare tiny --tier smoke --save
says "published=pass:0,outside:0,not-comparable:3,not-run:0"
want=$(awk -F, '$3 == 0.1 && $4 == "qg-dsgdm-n" && /acc_mean_pct,last,/' table.csv |
    sed 's/.*last,\([^,]*\),\([^,]*\),2,.*/\1,\2,2/')
ok "  our cell is found" grep -qF \
    "published,0.1,qg-dsgdm-n,acc_mean_pct,last,$want,-50.0000,,,,,NOT-COMPARABLE," \
    results/tables/tiny-smoke-verdict.csv
ok "  and why another is not compared" grep -qF "data synthetic images, theirs CIFAR-10" \
    results/tables/tiny-smoke-verdict.md
ok "  and what is not known of it" grep -q "are not known: .*network.*learning rate" \
    results/tables/tiny-smoke-verdict.md
ok "  and a third" grep -qF "message loss 0, theirs 0.1" results/tables/tiny-smoke-verdict.md
echo "experiment,tier" >results/expected/tiny-smoke.csv
exits 1 "a file that is no table is refused" on 1 compare tiny --tier smoke
says "results/expected/tiny-smoke.csv: has no column 'scope'"
rm results/expected/tiny-smoke.csv
exits 2 "an unknown option is refused" on 1 compare tiny --gates
says "did you mean 'gate'?"

cp -r $runs/alpha1_dsgd-s1-* kept
exits 0 "run of a manifest" on 2 run kept/manifest.json --out again
[ "$(grep -c 'something has changed' said)" -eq 0 ]
report $? "  says nothing of changes"
ok "  gives the same bits" same kept again
exits 0 "  and with a setting, another run" on 1 run kept/manifest.json --seed 2 --out other
sed 's|\("algorithms/.*":[[:space:]]*"\)....|\10000|' kept/manifest.json >was.json
exits 0 "  with other code" on 2 run was.json --out changed
says "was.json: results may differ from this manifest's, because something has changed: algorithms/"
ok "  that of the setting" cmp other/metrics.csv $runs/alpha1_dsgd-s2-*/metrics.csv
exits 2 "run of an experiment" on 1 run experiments/tiny.json
says "experiments/tiny.json: is an experiment; gossipbench sweep"
rm $runs/alpha1_dsgd-s1-*/manifest.json
exits 1 "a missing run makes the table incomplete" on 1 table tiny --tier smoke
says "(1 missing)"
exits 1 "  and the verdict" on 1 compare tiny --tier smoke
says "VERDICT=INCOMPLETE"
exits 0 "sweep fills the gap" on 3 sweep tiny --tier smoke
says "8 runs: 1 run now, 7 finished before, 0 failed"
ok "  to the same bits" same kept $runs/alpha1_dsgd-s1-*
exits 0 "a tier with its own axes and seeds" on 1 sweep tiny --tier two
says "2 runs: 2 run now"
exits 0 "its table" on 1 table tiny --tier two
says "| DSGDm |"
exits 0 "a diverged run is a result" on 1 sweep tiny --tier two --model vgg11-w1 --lr 1e6
exits 0 "  its table" on 1 table tiny --tier two
says "(1 diverged)"
exits 0 "  its verdict" on 1 compare tiny --tier two
says "diverged=2"

exits 0 "info" on 1 info
for name in cifar10 fashion-mnist synthetic-images 'resnet<6n+2>' vgg11 qg-dsgdm-n ring \
    one-peer-exponential dirichlet weight_decay; do
    says "$name"
done
exits 0 "topology ring" on 1 topology ring -n 16 --out ring.npz
says "degree 2, 32 directed edges, symmetric"
says "eigenvalues from -0.333333333 to 1.000000000"
says "spectral gap 0.050746978"
ok "  W is written" test "$(wc -c <ring.npz)" -gt 2048
exits 0 "topology ring --lazy" on 1 topology ring -n 16 --lazy
says "eigenvalues from 0.333333333 to"
exits 0 "topology one-peer-exponential" on 1 topology one-peer-exponential -n 8
says "averages exactly after 3 rounds"

# Settings cannot override what an experiment varies.
for key in seed alpha algorithm; do
    exits 2 "--$key, which the experiment varies" on 1 sweep tiny --tier smoke --$key 1
    says "varies $key, so $key cannot be set for all its runs; --filter $key=1 makes only the runs"
done
cat >experiments/forms.json <<'END'
{"title": "Forms", "seeds": [1], "metric": "test_loss_mean",
 "base": {"dataset": "quadratic", "workers": 4, "epochs": 20, "warmup_epochs": 0, "milestones": []},
 "axes": {"variant": ["fast", "slow"]}, "settings": [{"when": {"variant": "slow"}, "set": {"lr": 0.01}}],
 "tiers": {"smoke": {}}}
END
exits 2 "--lr, which makes a variant" on 1 sweep forms --tier smoke --lr 0.1
says "varies lr, so lr cannot be set"
exits 0 "--epochs, which it does not" on 1 sweep forms --tier smoke --epochs 5 --list

# The parts of a file that are for reports are checked before its runs are made.
wrong() { # SED-COMMAND SENTENCE
    sed "$1" experiments/tiny.json >experiments/wrong.json
    exits 2 "wrong: $1" on 1 sweep wrong --tier smoke --list
    says "experiments/wrong.json: $2"
}
wrong 's/"scope": "acc_mean_pct"/"scope": "acc_men_pct"/' "claims[0].scope is 'acc_men_pct' (did you mean 'acc_mean_pct'?)"
wrong 's/"scope": "acc_mean_pct"/"scope": "lr"/' "claims[0].scope is 'lr', which is not a result to compare"
wrong 's/, "scope": "acc_mean_pct"//' "claims[0].scope is missing; it names a result"
wrong 's/"at": {"alpha"/"at": {"alpa"/' "claims[0].at: 'alpa' is not an axis"
wrong 's/"at": {"alpha"/"att": {"alpha"/' "unknown key 'att' (did you mean 'at'?) in claims[0]"
wrong 's/"at": {"alpha": 0.1}/"at": {}/' "claims[0].better names several rows, such as alpha1_qg-dsgdm-n and alpha0.1_"
wrong 's/"at": {"alpha": 0.1}/"at": {"alpha": 0.2}/' "claims[0].better names no row of the table"
wrong 's/"than": {"algorithm": "dsgd"}/"than": {"algorithm": "d2"}/' "claims[0].than names no row of the table"
wrong 's/"than": {[^}]*},//' "claims[0].than is missing; it must be an object, {axis: value}"
wrong 's/"than": {"algorithm": "dsgd"}/"than": {"algorithm": "qg-dsgdm-n"}/' "claims[0] compares alpha0.1_qg-dsgdm-n with itself"
wrong 's/"at": {"alpha"/"by": "1", "at": {"alpha"/' "claims[0].by must be a number"
wrong 's/"smoke": {}/"smoke": {"claims": [{}]}/' "tiers.smoke.claims[0].better is missing"
wrong 's/"seeds": \[1, 2\]/"seeds": [1]/' "claims are judged by an interval over seeds, but there is one seed"
wrong 's/"seeds": \[1, 2\]/"seeds": [1, 1]/' "seeds has the value 1 twice"
wrong 's/\[1, 0.1\]/[1, 1.0]/' "axes.alpha has the value 1 twice"
wrong 's/"when": {"algorithm"/"when": {"algoritm"/' "settings[0].when: 'algoritm' is not an axis"
wrong 's/"algorithm": "dsgd", "alpha": 1}/"algorithm": "dsgd", "alpha": 2}/' "settings[0].when.alpha: the axis has no value '2'"
wrong 's/"claims":/"metric": ["test_loss"], "claims":/' "metric[0] is 'test_loss' (did you mean 'train_loss'?)"
wrong 's/"claims":/"metric": "test_loss_mean", "scope": "acc_mean_pct", "claims":/' "scope is 'acc_mean_pct', which metric does not show"
wrong 's/"claims":/"metric": "acc_own_pct", "claims":/' "metric: the runs of cell alpha1_dsgd have no acc_own_pct: eval_scopes leaves it out"
wrong 's/"workers": 4/"eval_scopes": ["average"], "workers": 4/' "metric is missing: the runs of cell alpha1_dsgd have no acc_mean_pct: eval_scopes leaves it out"
wrong 's/"claims":/"published": [{"paper": "P"}], "claims":/' "published[0].table must be a text"
wrong 's/"note": "tiny on purpose"/"note": 3/' "note must be a text"
wrong 's/"smoke": {}/"smoke": {"axis": {}}/' "unknown key 'axis' (did you mean 'axes'?) in tiers.smoke"
wrong 's/"smoke": {}/"smoke": {"seeds": [3], "seeds": [4]}/' "tiers.smoke.seeds is given twice"
wrong 's/"seeds": \[3\], "claims": \[\]/"seeds": [3]/' "claims are judged by an interval over seeds, but there is one seed; give two or more, or no claims (tier two)"
sed 's/"metric": "test_loss_mean",//' experiments/forms.json >experiments/toy.json
exits 2 "a toy problem without a metric" on 1 sweep toy --tier smoke
says "toy.json: metric is missing: the runs of cell fast have no acc_mean_pct: a toy problem has no accuracy"
# By every verb that reads it, by name or by path.
exits 0 "table of a path" on 1 table experiments/tiny.json --tier two
says "| DSGDm |"
cp experiments/tiny.json right.json
sed 's/"scope": "acc_mean_pct"/"scope": "acc"/' right.json >experiments/tiny.json
for verb in table compare plot; do
    exits 2 "$verb of a file that has become wrong" on 1 $verb tiny --tier smoke
    says "experiments/tiny.json: claims[0].scope is 'acc'"
done
exits 2 "report of it" on 1 report
says "experiments/tiny.json: claims[0].scope is 'acc'"
exits 2 "a dry run of it" on 1 sweep tiny --tier smoke --dry-run
says "experiments/tiny.json: claims[0].scope is 'acc'"
cp right.json experiments/tiny.json
echo '{"dataset": "quadratic"}' >one.json
exits 2 "sweep of one run" on 1 sweep one.json
says "one.json: is the configuration of one run; gossipbench run one.json makes it"

# The longest runs come first, so that processes end together.
cat >experiments/order.json <<'END'
{"title": "Order", "seeds": [1],
 "base": {"dataset": "synthetic-images", "train_limit": 64, "test_limit": 32, "workers": 2, "batch_size": 8,
          "warmup_epochs": 0},
 "axes": {"model": ["vgg11-w1", "resnet14-gn", "vgg11-w2"]},
 "settings": [{"when": {"model": "vgg11-w1"}, "set": {"epochs": 8}},
              {"when": {"model": ["resnet14-gn", "vgg11-w2"]}, "set": {"epochs": 1}}],
 "tiers": {"smoke": {}}}
END
exits 0 "sweep of runs of different lengths" on 1 sweep order --tier smoke --jobs 1
# shellcheck disable=SC2012
ls -tr results/runs/order/*/manifest.json | sed 's,.*/\([^/]*\)-s1-.*,\1,' | tr '\n' ' ' >said
[ "$(cat said)" = "resnet14-gn vgg11-w1 vgg11-w2 " ]
report $? "  the longest first"

small="--dataset synthetic-images --train-limit 330 --test-limit 50 --model resnet8-gn --workers 8
    --epochs 1 --batch-size 16 --warmup-epochs 0 --lr 0.05"
split_of() {
    sed -n 's/^split sha256 //p' said
}
exits 0 "partition" on 1 partition $small --alpha 0.1 --out split.csv
says "8 workers, 41 samples each"
split=$(split_of)
exits 0 "partition from the file" on 1 partition $small --partition file --partition-file split.csv
ok "  the same split" test "$split" = "$(split_of)"
exits 0 "another seed" on 1 partition $small --seed 2
ok "  another split" test "$split" != "$(split_of)"
exits 0 "a run draws its split" on 1 run $small --alpha 0.1 --out drawn
ok "  the same one" test "$split" = "$(field drawn/manifest.json split_sha256)"
ok "  and writes it" cmp split.csv drawn/split.csv
exits 0 "a run reads it" on 2 run $small --partition file --partition-file split.csv --out read
ok "  same bits" same drawn read
finish
