#!/bin/sh
# datasets/fetch.sh with small files and their checksums, and gossipbench data get, which decides
# between files, a download, generated files and a stand-in: no network is needed.
. "$(dirname "$0")/tap.sh"
archive=cifar-10-binary.tar.gz folder=cifar-10-batches-bin
mkdir $folder data datasets
cp "$root/datasets/fetch.sh" datasets/ # the root is this folder
for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    head -c 20000 /dev/urandom >$folder/$file.bin
done
tar -czf $archive $folder
sum_of() {
    sha256sum <"$1" | cut -c1-64
}
fetch() { # SHA256 URL
    "$root/datasets/fetch.sh" "CIFAR-10 (170 MB)" data $folder "$1" $archive "$2"
}
# leaves FILES: all that is in the data folder, hidden files too.
leaves() {
    found=$(ls -A data)
    echo "found '$found', expected '$1'" >>said
    [ "$found" = "$1" ]
    report $? "  leaves '$1'"
}

right=$(sum_of $archive)
wrong=$(sum_of $folder/test_batch.bin)
exits 1 "no server" fetch "$right" http://127.0.0.1:1/$archive
says "downloading CIFAR-10 (170 MB) from http://127.0.0.1:1/$archive"
says "CIFAR-10 cannot be downloaded from http://127.0.0.1:1/$archive: "
leaves ""
exits 1 "another archive" fetch "$wrong" "file://$temp/$archive"
says "is not the official file"
leaves ""
head -c 50000 $archive >data/$archive.part
{ head -c 50000 /dev/zero && tail -c +50001 $archive; } >tail.tar.gz # only the rest is right
exits 0 "goes on where it stopped" fetch "$right" "file://$temp/tail.tar.gz"
leaves $folder
ok "  the files are whole" diff -r $folder data/$folder
rm -r data/$folder
cp $archive data/$archive.part
exits 0 "a download that was complete" fetch "$right" http://127.0.0.1:1/$archive
leaves $folder
rm -r data/$folder
head -c 3000 /dev/urandom >$archive.other
exits 1 "an archive that is none" fetch "$(sum_of $archive.other)" "file://$temp/$archive.other"
says "$archive cannot be unpacked into data"
rm data/$archive.part

# Two files, from a folder.
mkdir ag_news_csv
for file in train test; do
    head -c 30000 /dev/urandom >ag_news_csv/$file.csv
done
news() { # URL
    "$root/datasets/fetch.sh" "AG News (30 MB)" data ag_news_csv "$train" train.csv "$1/train.csv" \
        "$test" test.csv "$1/test.csv"
}
train=$(sum_of ag_news_csv/train.csv) test=$(sum_of ag_news_csv/test.csv)
exits 1 "two files, no server" news http://127.0.0.1:1
says "AG News cannot be downloaded from http://127.0.0.1:1/train.csv: "
leaves ""
exits 0 "two files" news "file://$temp/ag_news_csv"
leaves ag_news_csv
ok "  the files are whole" diff -r ag_news_csv data/ag_news_csv
rm -r data/ag_news_csv
test=$train
exits 1 "another file" news "file://$temp/ag_news_csv"
says "ag_news_csv/test.csv sent is not the official file"
leaves train.csv.part
rm data/train.csv.part

# The decision.  Addresses without a server simulate a missing network.
export CIFAR10_URL=http://127.0.0.1:1/$archive AG_NEWS_URL=http://127.0.0.1:1
because="because CIFAR-10 cannot be downloaded from $CIFAR10_URL: "
exits 0 "no network" on 1 data get cifar10 --dir data
says "Fashion-MNIST is used in place of CIFAR-10, $because"
exits 1 "  and nothing else will do" on 1 data get cifar10 --dir data --real
says "gossipbench: CIFAR-10 cannot be downloaded from $CIFAR10_URL: "
leaves ""
exits 0 "texts without a network" on 1 data get ag_news --dir data
says "synthetic-text is used in place of AG News, because AG News cannot be downloaded"
says "from $AG_NEWS_URL/train.csv: "
CIFAR10_URL=file://$temp/$archive
exits 1 "another archive than the official one" on 1 data get cifar10 --dir data --real
says "is not the official file"
leaves ""
AG_NEWS_URL=file://$temp/ag_news_csv
exits 1 "other texts than the official ones" on 1 data get ag_news --dir data --real
says "ag_news_csv/train.csv sent is not the official file"
leaves ""
cp -r $folder data/
exits 0 "files that are there" on 1 data get cifar10 --dir data --real
says "CIFAR-10: the files in data/$folder"
rm data/$folder/data_batch_3.bin
exits 1 "a file is missing" on 1 data get cifar10 --dir data
says "data/$folder: has no data_batch_3.bin; complete the folder, or remove it and try again"
exits 1 "ImageNet is not for everyone" on 1 data get imagenet32 --dir data --real
says "data/imagenet32 is not there, and downsampled ImageNet cannot be downloaded: https://image-net"
exits 0 "  but something stands in" on 1 data get imagenet32 --dir data
says "Fashion-MNIST is used in place of downsampled ImageNet, because data/imagenet32 is not there"
exits 0 "files of another folder" on 1 data get fashion-mnist --dir data --real
says "Fashion-MNIST: the files in /usr/share/datasets/fashion-mnist"
exits 1 "what nobody has" on 1 data get png-folder --dir data
says "data/png-folder is not there, and png-folder cannot be downloaded: put images there"
exits 0 "nothing to get" on 1 data get synthetic-images --dir data --real
says "synthetic-images needs no files: it is generated when it is used"
on 1 data generate ag_news --out data --train-limit 40 --test-limit 20 >said
exits 0 "generated files" on 1 data get ag_news --dir data
says "AG News: generated files in data/ag_news_csv"
exits 1 "  are not real" on 1 data get ag_news --dir data --real
says "data/ag_news_csv: holds generated files; remove it and try again"
exits 2 "no such data set" on 1 data get cifar11
says "did you mean 'cifar10'?"
exits 2 "no name" on 1 data get
says "data get takes the name of a DATASET or --for EXPERIMENT"
exits 2 "a name and an experiment" on 1 data get cifar10 --for table1
says "data get takes the name of a DATASET or --for EXPERIMENT"

# What scripts do: settings on stdout, the sentence on stderr.
mkdir experiments
experiment() { # NAME DATASET [MORE]: an experiment of one run, with the tiers quick and smoke
    printf '{"title": "t", "base": {"dataset": "%s", "workers": 4, "epochs": 1,
        "warmup_epochs": 0%s}, "axes": {"topology": ["ring"]}, "seeds": [1],
        "tiers": {"quick": {}, "smoke": {}}}\n' "$2" "${3:-}" >experiments/"$1".json
}
experiment images cifar10 ', "data_dir": "data"'
experiment part imagenet32 ', "classes": 20, "data_dir": "data"'
experiment texts ag_news ', "model": "textcnn-v300-e8-c4", "data_dir": "data"'
experiment toy quadratic
sed -i 's/"title"/"metric": "test_loss_mean", &/' experiments/toy.json
settings() { # WORDS ARGUMENTS...: data get --for prints just these on stdout
    want=$1
    shift
    got=$(on 1 data get --for "$@" 2>"$temp/stderr") || return 1
    cat "$temp/stderr"
    echo "printed '$got', expected '$want'"
    [ "$got" = "$want" ]
}
rm -r data/$folder
ok "images that cannot be had" settings "--dataset fashion-mnist --classes 0" images --tier quick
says "data: Fashion-MNIST is used in place of CIFAR-10, because what file://"
ok "some classes of what cannot be had" settings "--dataset fashion-mnist --classes 0" part
ok "files that are there" settings "" texts
says "data: AG News: generated files in data/ag_news_csv"
ok "the smoke tier" settings "--data-dir build/generated/ag_news" texts --tier smoke
says "data: generated files in build/generated/ag_news, in the form of AG News"
ok "  has whole files" on 1 data check ag_news --dir build/generated/ag_news
says "ag_news, seed 1, difficulty 0.5: 2000 training and 500 test samples of 4 classes"
touch -d 2020-01-01 build/generated/ag_news/ag_news_csv/train.csv
ok "  again" settings "--data-dir build/generated/ag_news" texts --tier smoke
ok "  writes nothing anew" test build/generated/ag_news/ag_news_csv/train.csv -ot experiments
ok "a toy problem" settings "" toy
says "data: quadratic is a toy problem, which needs none"
ok "  in the smoke tier" settings "" toy --tier smoke
exits 1 "no such experiment" on 1 data get --for none
says "experiments/none.json: cannot be read"
exits 2 "no such tier" on 1 data get --for toy --tier fast
says "has no tier 'fast'"
finish
