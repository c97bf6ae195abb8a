#!/bin/sh
# data check: whole, official, of other content, damaged or missing; partition --plot.
. "$(dirname "$0")/tap.sh"
exits 0 "fashion-mnist" on 1 data check fashion-mnist --dir .
says "training: 60000 images of 10 classes, 6000 to 6000 of each"
says "test: 10000 images of 10 classes, 1000 to 1000 of each"
says "OFFICIAL: nothing tells these files from the official ones"
exits 0 "synthetic-text" on 1 data check synthetic-text
says "GENERATED"
exits 1 "imagenet32 is not here" on 1 data check imagenet32 --dir .
says "imagenet32: there is no such folder; put train_data_batch_1.npz"
exits 2 "no such data set" on 1 data check cifar11
says "did you mean 'cifar10'?"
exits 2 "no name" on 1 data check
says "data check takes the NAME"
exits 2 "no verb" on 1 data
says "data takes check NAME"

mkdir -p ag_news_csv
printf '"%d","a title","some words"\n' 1 2 3 4 1 >ag_news_csv/train.csv
printf '"%d","a title","other words"\n' 4 3 2 1 >ag_news_csv/test.csv
exits 0 "a small ag_news" on 1 data check ag_news --dir .
says "training: 5 texts of 4 classes, 1 to 2 of each"
says "OTHER CONTENT: whole and usable, but not the official files: the official ones hold 120000"
awk 'BEGIN { for (i = 0; i < 120000; i++) printf "\"%d\",\"title\",\"some words\"\n", i % 4 + 1 }' \
    >ag_news_csv/train.csv
head -n 7600 ag_news_csv/train.csv >ag_news_csv/test.csv
exits 0 "as many rows as the official ones" on 1 data check ag_news --dir .
says "OTHER CONTENT: whole and usable, but not the official files: ag_news_csv/train.csv has another"
printf '"5","a title","other words"\n' >>ag_news_csv/test.csv
exits 1 "a damaged one" on 1 data check ag_news --dir .
says "ag_news_csv/test.csv: row 7601"

small="--dataset synthetic-images --train-limit 320 --test-limit 64 --workers 8"
exits 0 "partition --plot" on 1 partition $small --plot heat.png
ok "  a PNG" test "$(head -c 4 heat.png | tail -c 3)" = PNG
exits 1 "partition --plot to nowhere" on 1 partition $small --plot no/where.png
says "no/where.png: cannot be written"
finish
