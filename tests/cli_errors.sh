#!/bin/sh
# Bad input gives exit code 1 or 2 and one sentence that says what is wrong, on any number of ranks,
# without hanging, and leaves nothing that looks like a result.
. "$(dirname "$0")/tap.sh"

# judge CODE WORDS RANKS: of the command that has just ended with $got and printed to said.
judge() {
    echo "exit code $got, expected $1; to say once: $2" >>said
    [ $got -eq "$1" ] && [ "$(grep -c '^gossipbench: ' said)" -eq 1 ] &&
        grep '^gossipbench: ' said | grep -qF -e "$2" &&
        ! grep -qsE '"(started|finished|diverged)"' out/manifest.json && [ ! -e out/checkpoint ]
    report $? "$2, $3"
}
# alone CODE WORDS VERB...: on one rank; nothing else is on stderr.
alone() {
    code=$1 words=$2
    shift 2
    rm -rf out
    timeout $run_limit "$program" "$@" </dev/null >printed 2>said
    got=$?
    [ "$(wc -l <said)" -eq 1 ] || echo "gossipbench: more than one line on stderr" >>said
    judge "$code" "$words" alone
}
# bad CODE WORDS VERB...: alone and on three ranks.
bad() {
    alone "$@"
    code=$1 words=$2
    shift 2
    rm -rf out
    timeout $run_limit mpirun -np 3 "$program" "$@" </dev/null >said 2>&1
    got=$?
    judge "$code" "$words" "3 ranks"
}
# wrong CODE WORDS ARGUMENTS...: a run that would work without these arguments.
small="--dataset synthetic-images --train-limit 160 --test-limit 50 --model resnet8-gn --workers 4
    --epochs 1 --batch-size 16 --warmup-epochs 0 --lr 0.05"
settings small.json $small
wrong() {
    code=$1 words=$2
    shift 2
    bad "$code" "$words" run small.json --out out "$@"
}
exits 0 "the run that each of these spoils" on 3 run small.json --out out

# data
fake=data/cifar-10-batches-bin
mkdir -p $fake
for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    truncate -s 30730000 $fake/$file.bin
done
cifar="--dataset cifar10 --data-dir data --partition iid"
exits 0 "CIFAR-10 of zeros can be read" on 1 partition small.json $cifar --out s.csv
wrong 1 "nowhere/cifar-10-batches-bin: there is no such folder" --dataset cifar10 --data-dir nowhere
printf '\012' | dd of=$fake/data_batch_1.bin bs=3073 seek=7 conv=notrunc 2>/dev/null
wrong 1 "data_batch_1.bin: record 7 has the label 10" $cifar
truncate -s 30729999 $fake/test_batch.bin
wrong 1 "test_batch.bin: 30729999 bytes, but" $cifar --train-limit 5
rm $fake/test_batch.bin
wrong 1 "test_batch.bin: cannot be read" $cifar --train-limit 5
wrong 2 "60001 training images are asked for, but there are 60000" --dataset fashion-mnist \
    --train-limit 60001
wrong 2 "at most 1000000 images" --train-limit 1000001
wrong 2 "160 of 160 training images cannot be held out" --holdout 160
wrong 2 "3 samples are too few for 4 workers" --train-limit 3
wrong 2 "the first 11 classes are asked for, but there are 10" --classes 11
wrong 2 "201 training images are asked for, but there are 200" --classes 1 --train-limit 201
wrong 1 "nowhere/imagenet32: there is no such folder" --dataset imagenet32 --data-dir nowhere
mkdir -p data/imagenet32 data/png-folder/train/cat data/png-folder/test/cat
wrong 1 "data/imagenet32: has no train_data_batch_1.npz" --dataset imagenet32 --data-dir data
echo "no archive" >data/imagenet32/train_data_batch_1.npz
wrong 1 "batch_1.npz: its 11 bytes cannot be read as a zip archive" --dataset imagenet32 --data-dir data
wrong 1 "train/cat: has no files called *.png" --dataset png-folder --data-dir data
echo "no image" >data/png-folder/train/cat/1.png
cp data/png-folder/train/cat/1.png data/png-folder/test/cat
wrong 1 "cat/1.png: cannot be read as a PNG file" --dataset png-folder --data-dir data
wrong 2 "image_size is '257', but must be a whole number from 0 to 256" --image-size 257
wrong 2 "synthetic-images: image_size is 7, but must be 0, or from 8 to 256" --image-size 7
wrong 2 "model 'vgg11-w2' halves images five times: 40 x 40 is not divisible by 32" --image-size 40 \
    --model vgg11-w2

# names
wrong 2 "unknown dataset 'cifar' (did you mean 'cifar10'?)" --dataset cifar
wrong 2 "unknown model 'resnet9-gn'" --model resnet9-gn
wrong 2 "unknown algorithm 'dsdg' (did you mean 'dsgd'?); known: " --algorithm dsdg
wrong 2 "unknown topology 'rings' (did you mean 'ring'?); known: " --topology rings
wrong 2 "unknown partition 'halves'; known: " --partition halves
wrong 2 "unknown option '--algoritm' (did you mean 'algorithm'?)" --algoritm dsgd
wrong 2 "unknown key 'bach_size' (did you mean 'batch_size'?)" --set bach_size=3
wrong 2 "--set takes KEY=VALUE, not 'lr'" --set lr
wrong 2 "--lr needs a value" --lr
wrong 2 "--lr needs a value, but the option '--seed' follows" --lr --seed 2
wrong 2 "'b.json' is not understood" b.json
wrong 2 "lr is given twice, as '0.1' and as '0.2'" --lr 0.1 --set lr=0.2
wrong 2 "batch_size is given twice, as '8' and as '8'" --batch-size 8 --batch_size=8
wrong 2 "--out is given twice, the second time as 'other'" --out other
wrong 2 "--root is given twice" --root . --root=other

# values
wrong 2 "lr is '-1', but must be a number from" --lr -1
wrong 2 "lr is 'nan', but must be a number from" --lr nan
wrong 2 "lr is 'much', but must be a number from" --set lr=much
wrong 2 "epochs is '1.5', but must be a whole number" --epochs 1.5
wrong 2 "workers is '0', but must be a whole number from 1" --workers 0
wrong 2 "augment is 'maybe', but must be true or false" --augment maybe
wrong 2 "milestones is '[0.5, 0.4]', but must be a list" --milestones "[0.5, 0.4]"
wrong 2 "eval_scopes is '[all]', but must be a list" --eval-scopes "[all]"
wrong 2 "warmup_epochs is 3, but there are only 1 epochs" --warmup-epochs 3
wrong 2 "'davis-southern-women' does not fit 4 workers: it has exactly 32" \
    --topology davis-southern-women
unstable="--algorithm d2 --topology ring"
wrong 2 "d2 is unstable on ring with 4 workers, where the smallest eigenvalue is -0.3333" $unstable
rm -rf out
exits 0 "d2 runs on a lazy ring" on 1 run small.json --out out $unstable --lazy true
rm -rf out
exits 0 "d2 runs on a ring if allowed to" on 1 run small.json --out out $unstable --allow-unstable true
wrong 2 "partition_file names no file" --partition file
wrong 1 "none.csv: cannot be read" --partition file --partition-file none.csv
rm -rf out
timeout $run_limit mpirun -np 3 "$program" run small.json --workers 2 --out out </dev/null >said 2>&1
got=$?
judge 2 "3 MPI ranks cannot host 2 workers" "3 ranks"

# Nothing given, as by a variable of the shell that is not set, and parts of a list.
for list in "" "," "[" "0.5]" "[0.5" "[[0.5]]" "[0.5,]" "[,0.5]" "0.5,,0.7"; do
    alone 2 "milestones is '$list', but must be a list" run small.json --out out --milestones "$list"
done
alone 2 "eval_scopes is '[mean'" run small.json --out out --eval-scopes "[mean"
alone 2 "eval_scopes is 'mean,'" run small.json --out out --eval-scopes "mean,"
alone 2 "lr is ' 1', but must be a number" run small.json --out out --lr " 1"
for option in out root seeds; do
    alone 2 "--$option is given without a value, as ''" run small.json --$option ""
done
alone 2 "--plot is given without a value" topology ring --plot ""
alone 2 "--tier is given without a value" sweep x --tier=
alone 1 "the name of a file to read is empty" topology file:
alone 1 "the name of a file to read is empty" run ""

# files
json() { # CODE WORDS TEXT
    printf "$3" >bad.json
    bad "$1" "$2" run bad.json --out out
}
bad 1 "none.json: cannot be read" run none.json --out out
json 2 "bad.json:3: is not valid JSON" '{"lr": 0.1,\n\n"epochs" 3}\n'
json 2 "bad.json: must hold a JSON object" '[1, 2]\n'
json 2 "bad.json: unknown key 'wrkers' (did you mean 'workers'?)" '{"wrkers": 3}\n'
json 2 "bad.json: lr is '0.1' in quotes, but must be written without" '{"lr": "0.1"}\n'
json 2 "bad.json: model must be a text in quotes" '{"model": 3}\n'
json 2 "bad.json: workers is 'null', but must be a whole number" '{"workers": null}\n'
json 2 "bad.json: epochs is '[3]', but must be a whole number" '{"epochs": [3]}\n'
json 2 'bad.json: lr stands beside "config", but must be in it' '{"config": {"epochs": 3}, "lr": 0.1}\n'
: >file
bad 1 "file/out: the folder cannot be made: Not a directory" run small.json --out file/out
mkdir -p out2/manifest.json
bad 1 "out2/manifest.json" run small.json --out out2

# other verbs
bad 2 "unknown verb 'rum' (did you mean 'run'?)" rum
bad 2 "sweep needs EXPERIMENT" sweep
bad 1 "experiments/none.json: cannot be read" sweep none
echo '{"base": {"lrr": 1}, "axes": {"alpha": [1]}, "seeds": [1], "tiers": {"quick": {}}}' >x.json
bad 2 "x.json: base: unknown key 'lrr' (did you mean 'lr'?)" sweep x.json
bad 2 "x.json has no tier 'full'; it has: quick" sweep x.json --tier full
echo '{"axis": {"alpha": [1]}, "seeds": [1], "tiers": {"quick": {}}}' >x.json
bad 2 "x.json: unknown key 'axis' (did you mean 'axes'?)" sweep x.json
alone 1 "results/runs/none/quick.json is not there" table none
alone 2 "must be md, csv or latex" table none --format pdf
alone 2 "unknown topology 'rings'" topology rings
alone 2 "does not fit 16 workers" topology davis-southern-women -n 16
alone 2 "-n from 1 to 4096" topology ring -n 0
alone 1 "file/w.npz" topology ring --out file/w.npz
alone 2 "workers is 'x'" partition --workers x
alone 1 "file/split.csv" partition small.json --out file/split.csv
wrong 2 "reads texts, but the data are images" --model textcnn-v200-e16-c8
# before data are loaded, which are not there
wrong 2 "reads texts, but the data are images" --model textcnn-v200-e16-c8 --dataset cifar10 \
    --data-dir nowhere
wrong 2 "reads images, but the data are texts" --dataset ag_news --data-dir nowhere
wrong 2 "needs texts of at least 5 tokens; these have 4" --model textcnn-v200-e16-c8 \
    --dataset ag_news --data-dir nowhere --text-length 4
alone 2 "unknown option '--modle' (did you mean 'model'?)" grad --modle resnet8-bn
alone 1 "none.npz: cannot be read" grad --model resnet8-bn --in none.npz --out out.npz
bad 1 "none.npz: cannot be read" quadratic --in none.npz --out out.npz
# A process that waits for a reader of its file: BLAS has started no threads by then.
mkfifo pipe
"$program" partition small.json --out pipe </dev/null >said 2>&1 &
for i in $(seq 100); do
    [ "$(cat /proc/$!/comm)" = gossipbench ] && grep -q '^State:.S' /proc/$!/status && break
    sleep 0.05
done
ok "one thread" test "$(ls /proc/$!/task | wc -l)" -eq 1
cat pipe >split.csv
wait
limited() { # KIBIBYTES OF ADDRESS SPACE, ARGUMENTS...
    ( ulimit -v "$1" && shift && timeout 10 "$program" "$@" )
}
for verb in info "topology ring"; do
    if [ "${CLI_VARIANT:-}" = san ]; then
        skip "${verb%% *} with too little address space" "sanitizers reserve more than there is"
        continue
    fi
    # shellcheck disable=SC2086 # words
    exits 1 "${verb%% *} with too little address space" limited 150000 $verb
    says "OpenBLAS needs 128 MiB of address space"
done
finish
