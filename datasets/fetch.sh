#!/bin/sh
# Fetch CIFAR-10 into data/ beside this script: download (an interrupted one goes on where it
# stopped), check the SHA-256, unpack beside its place, rename.  Does nothing if it is there.
# CIFAR10_URL names another address for the same archive.  Without a network it gives up within
# about 15 seconds, with one sentence and exit 1.
set -eu
cd "$(dirname "$0")"
url=${CIFAR10_URL:-https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz}
name=cifar-10-binary.tar.gz folder=cifar-10-batches-bin part=data/$name.part

give_up() {
    echo "fetch: $*" >&2
    exit 1
}
lacks() { # FOLDER: print the first file that it lacks
    for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
        [ -f "$1/$file.bin" ] || { echo "$file.bin" && return; }
    done
}
download() {
    curl -fsSL -C - --connect-timeout 5 --retry 1 --retry-delay 1 --speed-limit 1000 \
        --speed-time 30 -o "$part" "$url" 2>"$temp/said"
}
is_right() {
    want=$(sed -n "s/  $name\$//p" SHA256SUMS)
    [ -n "$want" ] && echo "$want  $part" | sha256sum -c --status 2>/dev/null
}

if [ -e data/$folder ]; then
    missing=$(lacks data/$folder)
    [ -z "$missing" ] ||
        give_up "datasets/data/$folder is there but has no $missing; remove it and try again"
    echo "fetch: datasets/data/$folder is there already"
    exit 0
fi
command -v curl >/dev/null || give_up "there is no curl to download with; make deps installs it"
mkdir -p data || give_up "datasets/data cannot be made"
temp=$(mktemp -d data/.fetch-XXXXXX)
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if ! { [ -f $part ] && is_right; }; then
    echo "fetch: downloading CIFAR-10 (170 MB) from $url"
    code=0
    download || code=$?
    if [ $code -eq 33 ]; then # this server cannot go on where it stopped
        rm -f $part
        code=0
        download || code=$?
    fi
    [ $code -eq 0 ] || give_up "CIFAR-10 cannot be downloaded from $url:" \
        "$(tail -n 1 "$temp/said" | sed 's/^curl: //')"
    is_right || {
        rm -f $part
        give_up "what $url sent is not the official archive (its SHA-256 differs); it was removed"
    }
fi
tar -xzf $part -C "$temp" || give_up "$name cannot be unpacked into datasets/data"
missing=$(lacks "$temp/$folder")
[ -z "$missing" ] || give_up "$name holds no $folder/$missing"
mv "$temp/$folder" data/
rm -f $part
echo "fetch: CIFAR-10 is in datasets/data/$folder"
