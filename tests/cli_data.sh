#!/bin/sh
# data check: whole, official, of other content, damaged or missing; data generate, data
# preview; partition --plot.
. "$(dirname "$0")/tap.sh"
exits 0 "fashion-mnist" on 1 data check fashion-mnist --dir .
says "training: 60000 images of 10 classes, 6000 to 6000 of each"
says "test: 10000 images of 10 classes, 1000 to 1000 of each"
says "OFFICIAL: no difference from the official files was found"
exits 0 "synthetic-text" on 1 data check synthetic-text
says "GENERATED"
exits 1 "imagenet32 is not here" on 1 data check imagenet32 --dir .
says "imagenet32: there is no such folder; put train_data_batch_1.npz"
exits 2 "no such data set" on 1 data check cifar11
says "did you mean 'cifar10'?"
exits 2 "no name" on 1 data check
says "data check needs DATASET: one of cifar10, "
exits 2 "no verb" on 1 data
says "data takes one of get, check, export, generate, preview; see gossipbench data --help"
exits 2 "check of a key that it does not read" on 1 data check cifar10 --train-limit 5
says "data check of cifar10 does not take 'train_limit'; the keys that it takes: seed"
exits 2 "a parameter that the data set does not have" on 1 data check cifar10 --difficulty 0.5
says "data check of cifar10 does not take 'difficulty'"

mkdir -p ag_news_csv
printf '"%d","a title","some words"\n' 1 2 3 4 1 >ag_news_csv/train.csv
printf '"%d","a title","other words"\n' 4 3 2 1 >ag_news_csv/test.csv
exits 0 "a small ag_news" on 1 data check ag_news --dir .
says "training: 5 texts of 4 classes, 1 to 2 of each"
says "OTHER CONTENT: whole and usable, but not the official files: those have 120000"
awk 'BEGIN { for (i = 0; i < 120000; i++) printf "\"%d\",\"title\",\"some words\"\n", i % 4 + 1 }' \
    >ag_news_csv/train.csv
head -n 7600 ag_news_csv/train.csv >ag_news_csv/test.csv
exits 0 "as many rows as the official ones" on 1 data check ag_news --dir .
says "OTHER CONTENT: whole and usable, but not the official files: the SHA-256 of ag_news_csv/train.csv differs"
printf '"5","a title","other words"\n' >>ag_news_csv/test.csv
exits 1 "a damaged one" on 1 data check ag_news --dir .
says "ag_news_csv/test.csv: row 7601"

# sum_of FILE: the data's SHA-256 in what data check printed.
sum_of() {
    sed -n 's/^data sha256 //p' "$1"
}
exits 0 "synthetic-images" on 1 data check synthetic-images --seed 4 --difficulty 0.2
sum_of said >synthetic
ok "  have a sum" test "$(wc -c <synthetic)" -eq 65
exits 0 "generate imagenet32" on 1 data generate imagenet32 --out made --seed 4 --difficulty 0.2
says "imagenet32, seed 4, difficulty 0.2: 2000 training and 500 test samples of 10 classes"
says "in made/imagenet32"
exits 0 "check of it" on 1 data check imagenet32 --dir made
says "GENERATED: whole and usable; written by gossipbench data generate:"
says "imagenet32, seed 4, difficulty 0.2: 2000 training and 500 test samples of 10 classes"
sum_of said >read
ok "  the data are synthetic-images" cmp synthetic read
exits 0 "generate ag_news" on 1 data generate ag_news --out made --train-limit 40 --test-limit=20
exits 0 "check of it" on 1 data check ag_news --dir made
says "training: 40 texts of 4 classes, 10 to 10 of each"
says "GENERATED: whole"
exits 0 "again" on 1 data generate ag_news --out made --train_limit 50 --test_limit 20
ok "  it is replaced" test "$(wc -l <made/ag_news_csv/train.csv)" -eq 50
exits 1 "not over files of others" on 1 data generate ag_news --out .
says "./ag_news_csv: exists, and has no GENERATED.txt"
exits 0 "generate png-folder" on 1 data generate png-folder --out made --classes 11 --test-limit 11 \
    --train-limit 30
exits 0 "check of it" on 1 data check png-folder --dir made
says "training: 30 images of 11 classes, 2 to 3 of each"
rm made/png-folder/GENERATED.txt
exits 0 "check of a png-folder of one's own" on 1 data check png-folder --dir made
says "WHOLE: there are no official files"
ok "only these are left" test "$(ls -A made | tr '\n' ' ')" = "ag_news_csv imagenet32 png-folder "
exits 2 "generate without --out" on 1 data generate ag_news
says "data generate needs --out DIR"
exits 2 "generate of what has no form" on 1 data generate synthetic-images --out made
says "unknown form of files to generate 'synthetic-images'"
exits 2 "difficulty beyond 1" on 1 data generate ag_news --out made --difficulty 1.5
says "difficulty is '1.5', but must be a number from 0 to 1"
exits 0 "a run on generated files" on 1 run --dataset imagenet32 --data-dir made --model resnet8-gn \
    --workers 2 --train-limit 64 --test-limit 20 --epochs 1 --warmup-epochs 0 --out run
exits 0 "cifar10 with a limit" on 1 data generate cifar10 --out made --train-limit 640
says "files of this form always hold as many samples as the official ones"
says "50000 training and 10000 test samples"
mv made/cifar-10-batches-bin/GENERATED.txt .
exits 0 "as many images as the official ones" on 1 data check cifar10 --dir made
says "OTHER CONTENT: whole and usable, but not the official files: the mean of channel 0 is 0."
says ", and theirs is 0.491400"
mv GENERATED.txt made/cifar-10-batches-bin/
exits 0 "  generated" on 1 data check cifar10 --dir made
says "GENERATED: whole and usable; written by gossipbench data generate:"

is_png() {
    test "$(head -c 4 "$1" | tail -c 3)" = PNG
}
exits 0 "preview of classes" on 1 data preview imagenet32 --dir made --out sheet.png
says "imagenet32: 2000 training images of 10 classes"
says "sheet.png: images of 10 of 10 classes"
ok "  a PNG" is_png sheet.png
exits 0 "preview of workers" on 1 data preview cifar10 --dir made --out workers.png --workers 4 \
    --alpha 1 --train-limit 400
says "cifar10, partition dirichlet, alpha 1, seed 1: 100 training images each"
says "workers.png: images of 4 of 4 workers"
ok "  a PNG" is_png workers.png
exits 0 "preview of texts" on 1 data preview ag_news --dir made --out texts.png --partition sorted
says "ag_news, partition sorted, seed 1: 3 training texts each"
says "texts.png: texts of 16 of 16 workers"
exits 2 "noise in texts" on 1 data preview ag_news --dir made --out texts.png --partition feature-skew
says "partition feature-skew alters images, but ag_news has texts"
ok "  a PNG" is_png texts.png
printf 'generated-0\n' >made/imagenet32/labels.txt
exits 1 "preview with damaged names" on 1 data preview imagenet32 --dir made --out no.png
says 'made/imagenet32/labels.txt: line 1 is not "1<tab>WordNet id<tab>words"'
exits 2 "preview of a toy problem" on 1 data preview quadratic --out no.png
says "quadratic is a toy problem, which has no samples"
exits 2 "preview of nothing known" on 1 data preview cifar11 --out no.png
says "did you mean 'cifar10'?"
exits 2 "preview of another key" on 1 data preview cifar10 --out no.png --epochs 3
says "data preview of cifar10 does not take 'epochs'; the keys that it takes: train_limit"
exits 1 "preview to nowhere" on 1 data preview synthetic-images --out no/where.png
says "no/where.png: cannot be written"
ok "  no picture came of these" test ! -e no.png

small="--dataset synthetic-images --train-limit 320 --test-limit 64 --workers 8"
exits 0 "partition --plot" on 1 partition $small --plot heat.png
ok "  a PNG" test "$(head -c 4 heat.png | tail -c 3)" = PNG
exits 1 "partition --plot to nowhere" on 1 partition $small --plot no/where.png
says "no/where.png: cannot be written"

# No sample is dropped in silence.
rest="no worker holds 3 of the 43 samples: 3 of class 9"
settings some.json --dataset synthetic-images --train-limit 43 --test-limit 20 --workers 4 --partition sorted
some=some.json
exits 0 "partition of what cannot be divided" on 1 partition $some
says "$rest"
exits 0 "a run on it" on 2 run $some --model resnet8-gn --batch-size 20 --epochs 0 --out rest
says "$rest"
tr -d '\n\t' <rest/manifest.json >said
says '"unused_samples":{"9":3}'
exits 0 "partition of what can be" on 1 partition $some --train-limit 40
[ "$(grep -c "no worker" said)" -eq 0 ]
report $? "  nothing is left"
finish
