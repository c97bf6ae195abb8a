#!/bin/sh
# A finished run counts by its configuration, the code that it used, part by part, and its data files.
# scripts/code_parts.c is tested on changed sources; the program on changed manifests, checkpoints and
# data.
. "$(dirname "$0")/tap.sh"
mkdir experiments
cat >experiments/mixed.json <<'END'
{"title": "Mixed", "metric": "test_loss_mean", "seeds": [1], "tiers": {"smoke": {}},
 "base": {"workers": 4, "epochs": 1, "batch_size": 16, "warmup_epochs": 0, "lr": 0.05,
          "model": "resnet8-gn", "test_limit": 32, "eval_scopes": ["mean"]},
 "axes": {"variant": ["toy", "few", "many"], "algorithm": ["dsgd", "qg-dsgdm-n"]},
 "settings": [{"when": {"variant": "toy"}, "set": {"dataset": "quadratic"}},
              {"when": {"variant": "few"}, "set": {"train_limit": 64}},
              {"when": {"variant": "many"}, "set": {"train_limit": 10016, "epochs": 0}}]}
END
runs=results/runs/mixed
exits 0 "data to read" on 1 data generate cifar10 --out data --seed 1
touch -d "1 minute ago" data/*/* # the sums of fresh files are not remembered
plan() {
    "$program" sweep mixed --tier smoke --data-dir data --dry-run >said 2>&1
}
stale() { # NAME N: a dry run counts so many runs to make
    plan
    grep -qF "mixed smoke: $2 runs to make" said
    report $? "$1: $2 to make"
}
exits 0 "sweep" on 1 sweep mixed --tier smoke --data-dir data
says "6 runs: 6 run now"
ok "data files are summed once" test "$(wc -l <results/sums.csv)" -eq 3
stale "nothing has changed" 0

# Code: the parts of each manifest are those that its run used.
# shellcheck disable=SC2125 # patterns, which are expanded where they stand
toy=$runs/toy_dsgd-s1-* few=$runs/few_qg-dsgdm-n-s1-*
ok "a manifest names the method's file" grep -q '"algorithms/qg_dsgdm.c":' $few/manifest.json
ok "  its data" grep -q '"cifar-10-batches-bin/data_batch_1.bin":' $few/manifest.json
ok "  its kernels" grep -q '"nn/kernels/.*":' $few/manifest.json
ok "  and no other method's" sh -c '! grep -q "algorithms/sgd.c" '"$few/manifest.json"
ok "a toy problem uses no network" sh -c '! grep -q "\"network\"\|data_batch" '"$toy/manifest.json"

sed -i 's|\("algorithms/qg_dsgdm.c":[[:space:]]*"\)....|\10000|' $runs/*/manifest.json
stale "another qg_dsgdm.c" 3
says "algorithms/qg_dsgdm.c changed"
[ "$(grep -c 'qg-dsgdm-n.*stale' said)" -eq 3 ] && [ "$(grep -c '_dsgd-.*stale' said)" -eq 0 ]
report $? "  they are the runs of qg-dsgdm-n"
exits 0 "  sweep makes them" on 1 sweep mixed --tier smoke --data-dir data
says "6 runs: 3 run now, 3 finished before"
sed -i 's|\("network":[[:space:]]*"\)....|\10000|' $runs/*/manifest.json
stale "another network code" 4
says "network changed"
exits 0 "  sweep makes them" on 1 sweep mixed --tier smoke --data-dir data

# Rows: a run whose metrics.csv has lost some, as after a power cut, is made again.
rows=$(echo $toy)/metrics.csv
cp "$rows" rows.csv
for damage in "truncate -s 0" "truncate -s -1" "truncate -s +9" "sed -i \$d" rm; do
    $damage "$rows"
    stale "metrics.csv after $damage" 1
    says "its metrics.csv is damaged"
    cp rows.csv "$rows"
done
truncate -s 0 "$rows"
exits 0 "  sweep makes it" on 1 sweep mixed --tier smoke --data-dir data
says "6 runs: 1 run now, 5 finished before"
ok "  with its rows" cmp rows.csv "$rows"

# Data: the second batch is read by two of the runs.
"$program" data generate cifar10 --out other --seed 2 >/dev/null
cp other/cifar-10-batches-bin/data_batch_2.bin data/cifar-10-batches-bin/
stale "data_batch_2.bin replaced" 2
says "cifar-10-batches-bin/data_batch_2.bin changed"
[ "$(grep -c '^many.*stale' said)" -eq 2 ]
report $? "  they are the runs that read it"
cp other/cifar-10-batches-bin/data_batch_1.bin data/cifar-10-batches-bin/
stale "data_batch_1.bin replaced" 4
touch data/cifar-10-batches-bin/*
stale "the same bytes with another time" 4

# The same rule holds for a checkpoint.
slow="--dataset cifar10 --data-dir data --train-limit 640 --test-limit 32 --model resnet8-gn
    --workers 4 --batch-size 16 --epochs 30 --warmup-epochs 0 --lr 0.01"
exits 75 "interrupted" interrupt TERM part "$program" run $slow --out part
cp -r part other-data
exits 0 "  resumed" on 1 run $slow --out part --resume
says "resumed at step"
mv data/cifar-10-batches-bin/data_batch_1.bin kept.bin
cp other/cifar-10-batches-bin/data_batch_3.bin data/cifar-10-batches-bin/data_batch_1.bin
words="cifar-10-batches-bin/data_batch_1.bin changed"
exits 1 "  resumed on other data" on 1 run $slow --out other-data --resume
says "continuing cannot give the same results ($words): --accept-changes continues"
ok "  status still interrupted" status_is other-data interrupted
exits 0 "  accepted" on 1 run $slow --out other-data --accept-changes
says "resumed at step"
ok "  the manifest says so" grep -q "\"changes\":[[:space:]]*\"$words\"" other-data/manifest.json
exits 0 "  and the run does not count: the same command makes it anew" on 1 run $slow --out other-data
ok "  without changes" sh -c '! grep -q changes other-data/manifest.json'

# scripts/code_parts.c: what counts as a change.
parts=$root/build/release/scripts/code_parts
cat >a.c <<'END'
/* a comment */
#include <stdio.h>
const struct plug plug_a = {.about = "words", .f = f};
int g(int a, int b)
{
    return err_set("not a number") ? a - -b : 1.5e-3;
}
END
sum() { # FILE
    "$parts" "plugins:" "$1" | sed -n 's/^PART.*, "\(.*\)")/\1/p'
}
before=$(sum a.c)
[ ${#before} -eq 64 ]
report $? "a plug-in has a sum"
change() { # NAME same|other SED-SCRIPT
    cp a.c keep.c && sed "$3" keep.c >a.c
    after=$(sum a.c)
    mv keep.c a.c
    if [ "$2" = same ]; then [ "$before" = "$after" ]; else [ "$before" != "$after" ]; fi
    report $? "$1: $2"
}
change "a comment" same 's|a comment|another \
 one|'
change "an include" same 's|stdio|stdlib|'
change "layout" same 's|int a, int b|int a,   int \
b|'
change "a sentence" same 's|not a number|is not one|'
change "what it is about" same 's|"words"|"deeds"|'
change "an operator" other 's|a - -b|a--b|'
change "a number" other 's|1.5e-3|1.5e-4|'
change "a name" other 's|\.f = f|.f = h|'
finish
