#!/bin/sh
# Fetch data sets into data/ beside this script: download (an interrupted one goes on where it
# stopped), check the SHA-256, put in place in one step.  Does nothing for what is there.
# usage: fetch.sh [cifar10|ag_news]...   without names: cifar10
# CIFAR10_URL and AG_NEWS_URL (a folder) name other addresses for the same files.  Without a network
# it gives up within about 15 seconds, with one sentence and exit 1.
set -eu
cd "$(dirname "$0")"

give_up() {
    echo "fetch: $*" >&2
    exit 1
}
lacks() { # FOLDER FILE...: print the first file that the folder lacks
    where=$1
    shift
    for file; do
        [ -f "$where/$file" ] || { echo "$file" && return; }
    done
}
is_there() { # FOLDER FILE...: whether the folder is in place; it may not be so in part
    [ -e "data/$1" ] || return 1
    missing=$(lacks "data/$@")
    [ -z "$missing" ] ||
        give_up "datasets/data/$1 is there but has no $missing; remove it and try again"
    echo "fetch: datasets/data/$1 is there already"
}
is_right() { # NAME: whether the partial file is the official one
    want=$(sed -n "s|  $1\$||p" SHA256SUMS)
    [ -n "$want" ] && echo "$want  data/${1##*/}.part" | sha256sum -c --status 2>/dev/null
}
download() { # URL PART
    curl -fsSL -C - --connect-timeout 5 --retry 1 --retry-delay 1 --speed-limit 1000 \
        --speed-time 30 -o "$2" "$1" 2>"$temp/said"
}
get() { # WHAT NAME URL: the official file, checked, as data/<its last name>.part
    part=data/${2##*/}.part
    [ -f "$part" ] && is_right "$2" && return
    echo "fetch: downloading $1 from $3"
    code=0
    download "$3" "$part" || code=$?
    if [ $code -eq 33 ]; then # this server cannot go on where it stopped
        rm -f "$part"
        code=0
        download "$3" "$part" || code=$?
    fi
    [ $code -eq 0 ] || give_up "${1%% (*} cannot be downloaded from $3:" \
        "$(tail -n 1 "$temp/said" | sed 's/^curl: //')"
    is_right "$2" || {
        rm -f "$part"
        give_up "what $3 sent is not the official file (its SHA-256 differs); it was removed"
    }
}

cifar10() {
    folder=cifar-10-batches-bin archive=cifar-10-binary.tar.gz
    files="data_batch_1.bin data_batch_2.bin data_batch_3.bin data_batch_4.bin data_batch_5.bin
        test_batch.bin"
    # shellcheck disable=SC2086
    is_there $folder $files && return
    get "CIFAR-10 (170 MB)" $archive "${CIFAR10_URL:-https://www.cs.toronto.edu/~kriz/$archive}"
    tar -xzf data/$archive.part -C "$temp" ||
        give_up "$archive cannot be unpacked into datasets/data"
    # shellcheck disable=SC2086
    missing=$(lacks "$temp/$folder" $files)
    [ -z "$missing" ] || give_up "$archive holds no $folder/$missing"
    mv "$temp/$folder" data/
    rm -f data/$archive.part
    echo "fetch: CIFAR-10 is in datasets/data/$folder; its author asks that the report be cited"
}

ag_news() {
    base=https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/ag_news_csv
    is_there ag_news_csv train.csv test.csv && return
    mkdir "$temp/ag_news_csv"
    for file in train.csv test.csv; do
        get "AG News (30 MB in two files)" ag_news_csv/$file "${AG_NEWS_URL:-$base}/$file"
    done
    for file in train.csv test.csv; do
        mv data/$file.part "$temp/ag_news_csv/$file"
    done
    mv "$temp/ag_news_csv" data/
    echo "fetch: AG News is in datasets/data/ag_news_csv; for research and non-commercial use only"
}

imagenet32() {
    is_there imagenet32 train_data_batch_1.npz val_data.npz && return
    give_up "downsampled ImageNet is for those who register at https://image-net.org; put" \
        "train_data_batch_<k>.npz and val_data.npz (32x32) into datasets/data/imagenet32"
}

[ $# -gt 0 ] || set -- cifar10
for name; do
    case $name in
    cifar10 | ag_news | imagenet32) ;;
    *) give_up "there is no data set '$name' to fetch; there are cifar10, ag_news, imagenet32" ;;
    esac
done
command -v curl >/dev/null || give_up "there is no curl to download with; make deps installs it"
mkdir -p data || give_up "datasets/data cannot be made"
temp=$(mktemp -d data/.fetch-XXXXXX)
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for name; do
    $name
done
