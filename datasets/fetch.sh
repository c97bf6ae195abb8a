#!/bin/sh
# Download a data set into DIR/FOLDER for `gossipbench data get`, which knows the addresses.  An
# interrupted download continues where it stopped, the SHA-256 is checked, and the folder appears in
# one step.  Without a network, it gives up within about 15 seconds.
# usage: fetch.sh TITLE DIR FOLDER {SHA256 NAME URL}...
# A file called NAME is an archive that holds FOLDER if it ends in .tar.gz, else a file of FOLDER.
# stderr says what is downloaded; stdout says in one sentence why it gave up, with exit code 1.
set -eu
title=$1 dir=$2 folder=$3
shift 3

give_up() {
    echo "$*"
    exit 1
}
is_right() { # SHA256 PART
    echo "$1  $2" | sha256sum -c --status 2>/dev/null
}
download() { # URL PART
    curl -fsSL -C - --connect-timeout 5 --retry 1 --retry-delay 1 --speed-limit 1000 \
        --speed-time 30 -o "$2" "$1" 2>"$temp/said"
}
get() { # SHA256 NAME URL: the official file, checked, as DIR/NAME.part
    part=$dir/$2.part
    [ -f "$part" ] && is_right "$1" "$part" && return
    echo "downloading $title from $3" >&2
    code=0
    download "$3" "$part" || code=$?
    if [ $code -eq 33 ]; then # this server cannot go on where it stopped
        rm -f "$part"
        code=0
        download "$3" "$part" || code=$?
    fi
    [ $code -eq 0 ] || give_up "${title% (*} cannot be downloaded from $3:" \
        "$(tail -n 1 "$temp/said" | sed 's/^curl: //')"
    is_right "$1" "$part" || {
        rm -f "$part"
        give_up "what $3 sent is not the official file (its SHA-256 differs); it was removed"
    }
}
place() { # NAME: into the new folder
    case $1 in
    *.tar.gz) tar -xzf "$dir/$1.part" -C "$temp" || give_up "$1 cannot be unpacked into $dir" ;;
    *) mv "$dir/$1.part" "$temp/$folder/$1" ;;
    esac
}

command -v curl >/dev/null || give_up "there is no curl to download with; make deps installs it"
temp=$(mktemp -d "$dir/.fetch-XXXXXX")
trap 'rm -rf "$temp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$temp/$folder"
names=
while [ $# -gt 0 ]; do
    get "$1" "$2" "$3"
    names="$names $2"
    shift 3
done
for name in $names; do
    place "$name"
done
mv "$temp/$folder" "$dir/"
for name in $names; do
    rm -f "$dir/$name.part"
done
