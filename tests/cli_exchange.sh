#!/bin/sh
# Parameters leave and enter the program as files, with the same bits; docs/exchange.md.
. "$(dirname "$0")/tap.sh"
settings small.json --dataset synthetic-images --train-limit 192 --test-limit 64 --model resnet8-bn \
    --workers 3 --batch-size 16 --epochs 1 --alpha 0.1 --lr 0.1 --warmup-epochs 0 --eval-every 0.5
# cell DIR NAME [ROW]: of a row of metrics.csv, by default the last, as evaluate prints it.
cell() {
    awk -F, -v name="$2" -v row="${3:-0}" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        NR == row + 1 || !row { value = $at } END { printf "%.2f", value }' "$1/metrics.csv"
}
# accuracy_is WANTED FILE WORDS...: what evaluate prints for the file.
accuracy_is() {
    want=$1
    shift
    "$program" evaluate "$@" >said 2>&1
    grep -qF "accuracy $want %" said
    report $? "$*: accuracy $want % as in the run"
}
# starts_as A B: the parameters that run B starts from are those that run A ended with.
starts_as() {
    a=$(field "$1/manifest.json" parameters_sha256) b=$(field "$2/manifest.json" parameters_sha256)
    echo "$a and $b"
    [ ${#a} -eq 64 ] && [ "$a" = "$b" ]
}

# --- a finished run ----
exits 0 "a run with save_model" on 1 run small.json --save-model true --out a
exits 0 "  without it" on 1 run small.json --out b
ok "  it changes nothing else" same a b
ok "  nor the hash" test "$(field a/manifest.json config_sha256)" = "$(field b/manifest.json config_sha256)"
ok "  the file is there" test -s a/model.safetensors
ok "  and only there" test ! -e b/model.safetensors
exits 0 "  on two ranks" on 2 run small.json --save-model true --out a2
for form in npz safetensors; do
    exits 0 "export, $form" "$program" export a --out average.$form
    exits 0 "export all, $form" "$program" export a --out all.$form --worker all
    accuracy_is "$(cell a acc_average_pct)" average.$form
    exits 0 "start from all, $form" on 1 run small.json --epochs 0 --init-from all.$form --out from-$form
    ok "  same bits" starts_as a from-$form
done
exits 0 "start from the other form of it" "$program" export all.npz --out again.safetensors --worker all
ok "  the same file" cmp again.safetensors all.safetensors
exits 0 "two ranks' file, on two ranks" on 2 run small.json --epochs 0 --init-from a2/model.safetensors --out from-2
ok "  same bits" starts_as a from-2
accuracy_is "$(cell a acc_average_pct)" a2/model.safetensors --worker mean
exits 0 "logits" "$program" evaluate average.npz --out logits.npz
ok "  are written" test -s logits.npz

# --- fine-tuning ----
exits 0 "all workers start from one model" on 2 run small.json --init-from average.safetensors --out tuned
! same a tuned >said 2>&1
report $? "  which trains on"
cp average.safetensors moved.safetensors
exits 0 "the file counts, not its name" on 1 run small.json --init-from moved.safetensors --out tuned
says "it is not run again"
"$program" export a --worker 1 --out moved.safetensors
exits 1 "another file is another run" on 1 run small.json --init-from moved.safetensors --out tuned
says "holds a run of another configuration"
exits 0 "a finished run without a model says how to get one" on 1 run small.json --save-model true --out b
says "it kept no model.safetensors: --replace makes it again"

# --- checkpoints; the number of rows differs between workers of a relay, and sgp keeps a weight ----
for method in relaysgd sgp; do
    graph=chain dir=killed-$method
    [ $method = relaysgd ] || graph=directed-ring
    "$program" run small.json --train-limit 960 --epochs 20 --eval-every 1 --checkpoint-every 1 \
        --algorithm $method --topology $graph --out $dir >said 2>&1 &
    pid=$!
    started $dir checkpoint 0
    kill -9 $pid
    wait $pid 2>/dev/null
    checkpoint=$dir/checkpoint.previous # of the first row
    [ -e $checkpoint ] || checkpoint=$dir/checkpoint
    exits 0 "export of a checkpoint of $method" "$program" export $checkpoint --worker all --out $method.npz
    accuracy_is "$(cell $dir acc_average_pct 1)" $method.npz
    for i in 0 1 2; do
        "$program" evaluate $method.npz --worker $i
    done | sed 's/.*accuracy \([0-9.]*\) %.*/\1/' | sort -n | head -n 1 >worst
    ok "  the worst worker's, too" test "$(cat worst)" = "$(cell $dir acc_worst_pct 1)"
done
exits 0 "a folder with a checkpoint, on two ranks" on 2 export killed-relaysgd --worker all --out again.npz
ok "  same bytes" cmp again.npz relaysgd.npz
exits 0 "the contract's words" "$program" export --checkpoint killed-sgp/checkpoint --out mean.npz --worker mean

# --- partitions ----
exits 0 "a partition as arrays" "$program" partition small.json --out split.npz
exits 0 "  as rows" "$program" partition small.json --out split.csv
exits 0 "  from arrays" "$program" partition small.json --partition file --partition-file split.npz --out back.csv
ok "  the same" cmp split.csv back.csv
exits 0 "a run takes it" on 1 run small.json --partition file --partition-file split.npz --out split
ok "  same bits" same a split
ok "  same split" cmp a/split.csv split/split.csv

# --- every run as one table ----
mkdir -p runs/mine runs/other
cp -r a tuned runs/mine && cp -r killed-sgp runs/other
"$program" table all --tidy --from runs >all.csv 2>said
report $? "a tidy table of all runs"
says "left out: 1 runs that have not ended"
# The lists in quotes, without their commas and quotes, leave fields that can be counted.
awk -F '"' '{ for (i = 1; i <= NF; i++) { if (i % 2 == 0) gsub(/,/, "", $i); printf "%s", $i } print "" }' all.csv >plain.csv
awk -F, 'NR == 1 { n = NF; known = /,init_from,/ } NF != n { bad = 1 } { print NF }
    END { exit bad || !known || NR < 20 }' plain.csv >said
report $? "  with rows of one length, and a column for each key"
ok "  of both runs, and of no other" test "$(cut -d , -f 1 plain.csv | sort -u | paste -s -d ' ')" = "run runs/mine/a runs/mine/tuned"
ok "  the accuracy of the manifest" grep -q "^runs/mine/a,.*,acc_average_pct,last,$(awk -F, 'END { print $9 }' a/metrics.csv)\$" all.csv
exits 0 "of one experiment" "$program" table mine --tidy --from runs
exits 1 "of one that has none" "$program" table other --tidy --from runs
says "runs: has no run that has ended of other"

# --- PyTorch: the same logits, and a run replayed; docs/exchange.md ----
python=/usr/bin/python3 scripts=$root/scripts/pytorch
# below NAME LIMIT: the number after "at most" in said is below the limit.
below() {
    awk -v limit="$2" '{ for (i = 2; i <= NF; i++) if ($(i - 1) == "most") { n++; bad = bad || !($i + 0 < limit) } }
        END { exit !n || bad }' said
    report $? "$1"
}
if "$python" -c 'import torch' 2>/dev/null; then
    models="resnet8-gn resnet8-bn resnet8-evonorm vgg11-w2 vgg11-relay-w2 textcnn-v2000-e16-c8-d50 large-vgg11-w2
        large-vgg11-relay-w2"
    for model in $models; do
        data=synthetic-images size=0
        [ "${model%%-*}" != textcnn ] || data=synthetic-text
        [ "${model%%-*}" != large ] || size=64
        exits 0 "$model" on 1 run small.json --dataset $data --image-size $size --model "${model#large-}" \
            --save-model true --out $model
        exits 0 "  its samples" "$program" data export $model/manifest.json --out $model/data.npz
        exits 0 "  its logits" "$program" evaluate $model/model.safetensors --out $model/logits.npz
        "$program" export $model --out $model/average.safetensors
    done
    # shellcheck disable=SC2086 # a list of words
    exits 0 "all of them in PyTorch" "$python" -B -c 'import sys
sys.path.insert(0, sys.argv[1])
import evaluate
for m in sys.argv[2:]:
    evaluate.main(m + "/average.safetensors", m + "/data.npz", m + "/logits.npz")' "$scripts" $models
    below "  all logits differ by less than 1e-5" 1e-5
    for model in $models; do
        says "accuracy $(cell $model acc_average_pct) % of 64"
    done
    # A batch of all samples of a worker does not depend on their order: the parameters must agree.
    settings full.json --dataset synthetic-images --train-limit 128 --test-limit 64 --model resnet8-gn --workers 4 \
        --topology ring --algorithm dsgd --alpha 0.1 --batch-size 32 --epochs 3 --augment false --lr 0.1 \
        --warmup-epochs 0 --milestones '[]'
    exits 0 "DSGD, to be replayed" on 1 run full.json --save-model true --out full
    on 1 run full.json --epochs 0 --save-model true --out start >/dev/null
    "$program" export start --out start.npz && "$program" export full --out full.npz
    "$program" data export full.json --out data.npz && "$program" partition full.json --out replay.npz >/dev/null
    "$program" topology ring -n 4 --out W.npz >/dev/null
    exits 0 "  on the same split and graph in PyTorch" "$python" -B "$scripts/dsgd.py" start.npz data.npz replay.npz \
        W.npz replayed.npz --epochs 3 --batch 32 --lr 0.1
    "$program" evaluate full.npz --out full-logits.npz
    exits 0 "  what PyTorch has written" "$program" evaluate replayed.npz --model resnet8-gn \
        --dataset synthetic-images --train-limit 128 --test-limit 64 --out logits.npz
    cp said evaluated
    exits 0 "  and the logits" "$python" -c 'import numpy as np
x, y = (np.load(f)["logits"] for f in ("logits.npz", "full-logits.npz"))
print("differ by at most", abs(x - y).max())'
    below "  differ by less than 5e-4" 5e-4
    grep -qF "accuracy $(cell full acc_average_pct) %" evaluated
    report $? "  with the same accuracy"
else
    skip "networks and a run in PyTorch" "$python has no PyTorch"
fi

# --- refusals, each with one sentence ----
refused() { # CODE WORDS COMMAND...
    code=$1 words=$2
    shift 2
    exits "$code" "$words" "$@"
    says "$words"
}
refused 2 "average.npz: holds one model" "$program" evaluate average.npz --worker 1
refused 2 "all.npz: has no worker 3; the workers are 0 to 2" "$program" export all.npz --worker 3 --out x.npz
refused 2 "--worker is 'x'" "$program" export a --worker x --out x.npz
refused 2 "x.pt: the name of a file of parameters ends in .npz or .safetensors" "$program" export a --out x.pt
refused 1 "b: has neither model.safetensors" "$program" export b --out x.npz
refused 1 "small.json: is damaged" "$program" export small.json --out x.npz
refused 1 "has no 'convs.0.weight', which the network needs" "$program" evaluate average.npz --model vgg11-w2
refused 1 "has 'norm.running_mean', which the network does not have" "$program" evaluate average.npz --model resnet8-gn
refused 1 "'conv.weight' has the shape (16, 3, 3, 3), but the network's is (32, 3, 3, 3)" \
    "$program" evaluate average.npz --model resnet8-bn-w2
refused 1 "'classifier.weight' has the shape (10, 64), but the network's is (5, 64)" \
    on 1 run small.json --classes 5 --init-from average.npz --out x
refused 2 "all.npz: holds the models of 3 workers, but the run has 4" \
    on 2 run small.json --workers 4 --init-from all.npz --out x
refused 1 "none.npz: cannot be read" on 1 run small.json --init-from none.npz --out x
refused 2 "save_model is about the parameters of a network" on 1 run --dataset quadratic --save-model true --out x
refused 1 "split.npz: has 'worker2', but the workers are 0 to 1" \
    "$program" partition small.json --workers 2 --partition file --partition-file split.npz
refused 1 "split.npz: has no array 'worker3'; it has: worker0, worker1, worker2, y" \
    "$program" partition small.json --workers 4 --partition file --partition-file split.npz
refused 1 "; the samples are 0 to 59" \
    "$program" partition small.json --train-limit 60 --workers 3 --partition file --partition-file split.npz
finish
