#!/bin/sh
# datasets/fetch.sh, in a copy with a small archive and its checksum: no network is needed.
. "$(dirname "$0")/tap.sh"
archive=cifar-10-binary.tar.gz folder=cifar-10-batches-bin
mkdir $folder copy
for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
    head -c 20000 /dev/urandom >$folder/$file.bin
done
tar -czf $archive $folder
cp "$root/datasets/fetch.sh" copy/
fetch() {
    env CIFAR10_URL="$1" copy/fetch.sh
}
# leaves FILES: all that is in the data folder, hidden files too.
leaves() {
    found=$(ls -A copy/data)
    echo "found '$found', expected '$1'" >>said
    [ "$found" = "$1" ]
    report $? "  leaves '$1'"
}

cp "$root/datasets/SHA256SUMS" copy/
ok "the official checksum is there" grep -qE "^[0-9a-f]{64}  $archive\$" copy/SHA256SUMS
exits 1 "no server" fetch http://127.0.0.1:1/$archive
says "fetch: CIFAR-10 cannot be downloaded from http://127.0.0.1:1/$archive: "
leaves ""
exits 1 "another archive" fetch "file://$temp/$archive"
says "is not the official file"
leaves ""
sha256sum $archive >copy/SHA256SUMS
head -c 50000 $archive >copy/data/$archive.part
exits 0 "goes on where it stopped" fetch "file://$temp/$archive"
leaves $folder
ok "  the files are whole" diff -r $folder copy/data/$folder
exits 0 "again, without a server" fetch http://127.0.0.1:1/$archive
says "is there already"
rm copy/data/$folder/data_batch_3.bin
exits 1 "a file is missing" fetch "file://$temp/$archive"
says "has no data_batch_3.bin; remove it"
rm -r copy/data/$folder $folder/test_batch.bin
tar -czf $archive $folder
sha256sum $archive >copy/SHA256SUMS
exits 1 "an archive that lacks a file" fetch "file://$temp/$archive"
says "holds no $folder/test_batch.bin"

# AG News: two files, from a folder.
news() {
    env AG_NEWS_URL="$1" copy/fetch.sh ag_news
}
rm -rf copy/data
mkdir ag_news_csv
for file in train test; do
    head -c 30000 /dev/urandom >ag_news_csv/$file.csv
    sha256sum ag_news_csv/$file.csv
done >copy/SHA256SUMS
exits 1 "AG News, no server" news http://127.0.0.1:1
says "fetch: AG News cannot be downloaded from http://127.0.0.1:1/train.csv: "
leaves ""
exits 0 "AG News" news "file://$temp/ag_news_csv"
leaves ag_news_csv
ok "  the files are whole" diff -r ag_news_csv copy/data/ag_news_csv
exits 0 "again, without a server" news http://127.0.0.1:1
says "is there already"
rm -r copy/data/ag_news_csv
echo >>ag_news_csv/test.csv
exits 1 "another file" news "file://$temp/ag_news_csv"
says "ag_news_csv/test.csv sent is not the official file"
leaves train.csv.part
exits 1 "ImageNet is not for everyone" copy/fetch.sh imagenet32
says "register at https://image-net.org"
exits 1 "no such data set" copy/fetch.sh cifar11
says "there is no data set 'cifar11' to fetch; there are cifar10, ag_news, imagenet32"
finish
