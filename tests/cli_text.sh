#!/bin/sh
# Texts, from files to a trained model: the same bits on any number of ranks, the vocabulary in the
# run's folder and manifest, and refusals of what does not fit together.
. "$(dirname "$0")/tap.sh"
settings text.json --dataset synthetic-text --train-limit 160 --test-limit 48 --workers 4 --epochs 2 \
    --batch-size 16 --vocabulary 300 --text-length 24 --model textcnn-v300-e8-c4 --lr 0.1 \
    --warmup-epochs 0
text=text.json

for ranks in 1 2 3; do
    exits 0 "$ranks ranks" on $ranks run $text --out run-$ranks
    ok "  status finished" status_is run-$ranks finished
    [ $ranks -eq 1 ] || ok "  same bits as alone" same run-1 run-$ranks
done
vocabulary_is() { # DIR LINES: vocabulary.txt has so many lines and the hash in the manifest
    wc -l "$1/vocabulary.txt" && head -n 3 "$1/vocabulary.txt" && cat "$1/manifest.json"
    [ "$(wc -l <"$1/vocabulary.txt")" -eq "$2" ] &&
        [ "$(head -n 2 "$1/vocabulary.txt" | tr '\n' ' ')" = "<pad> <unk> " ] &&
        grep -q "\"n_token\":[[:space:]]*$2," "$1/manifest.json" &&
        [ "$(sha256sum <"$1/vocabulary.txt" | cut -c1-64)" = \
            "$(field "$1/manifest.json" vocabulary_sha256)" ]
}
ok "the vocabulary is written and in the manifest" vocabulary_is run-1 300
ok "the vocabulary does not depend on ranks" cmp run-1/vocabulary.txt run-3/vocabulary.txt

# What affects the results of texts, and what does not: augmentation is for images.
exits 0 "augment decides nothing" on 1 run $text --augment false --out run-1
says "this run has finished; it is not run again"
exits 0 "a shorter text" on 1 run $text --text-length 16 --out short
! same run-1 short >"$temp/said" 2>&1
report $? "  gives other results"
ok "  with the same vocabulary" cmp run-1/vocabulary.txt short/vocabulary.txt
exits 0 "a smaller vocabulary" on 1 run $text --vocabulary 100 --out few
ok "  is written" vocabulary_is few 100
exits 0 "images" on 1 run --dataset synthetic-images --model resnet8-gn --train-limit 64 \
    --test-limit 8 --workers 2 --epochs 1 --warmup-epochs 0 --out images
! ls images/vocabulary.txt >"$temp/said" 2>&1 && ! grep vocabulary images/manifest.json >"$temp/said"
report $? "  have no vocabulary"

# refused: exit code, one sentence
wrong() { # CODE WORDS ARGUMENTS...
    code=$1 words=$2
    shift 2
    exits "$code" "refused: $words" on 2 run $text --out bad "$@"
    says "$words"
}
wrong 2 "knows 300 tokens, but the texts of synthetic-text have 301" --vocabulary 301
wrong 2 "reads images, but the data are texts" --model resnet8-gn
wrong 2 "reads texts, but the data are images" --dataset synthetic-images
wrong 2 "vocabulary is '2', but must be a whole number from 3" --vocabulary 2
wrong 2 "text_length is '4097', but must be a whole number from 1 to 4096" --text-length 4097
wrong 2 "needs texts of at least 5 tokens; these have 4" --text-length 4
wrong 2 "160 of 160 training texts cannot be held out" --holdout 160
wrong 1 "nowhere/ag_news_csv: there is no such folder" --dataset ag_news --data-dir nowhere
exits 0 "held-out texts" on 1 run $text --holdout 40 --out held
ok "  are what is tested, in place of the test set" grep -q '"test_samples":[[:space:]]*40,' \
    held/manifest.json

# The official form, from files.
mkdir -p data/ag_news_csv
for k in 1 2 3 4 5 6 7 8; do
    printf '"%d","Title %d","Some ""quoted"" words\\\\and #39;s %d"\n' $((k % 4 + 1)) $k $k
done >data/ag_news_csv/train.csv
cp data/ag_news_csv/train.csv data/ag_news_csv/test.csv
news="--dataset ag_news --data-dir data --train-limit 0 --test-limit 0 --workers 2"
exits 0 "files of AG News's form" on 2 run $text $news --out news
ok "  and their vocabulary" vocabulary_is news 17
printf '"5","a","b"\n' >>data/ag_news_csv/train.csv
wrong 1 "data/ag_news_csv/train.csv: row 9, byte 408: the class is '5', but must be one of 1 to 4" $news
finish
