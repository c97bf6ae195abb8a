#!/bin/sh
# Keep the results made here as those that come with the code, in results/expected: table, verdicts,
# figures, and the manifest and metrics.csv of every run; then write results/README.md again.
# usage: scripts/keep.sh TABLE TIER        after make reproduce TABLE=… TIER=…
set -eu
cd "$(dirname "$0")/.."
[ $# -eq 2 ] || { echo "keep: takes a table and a tier" >&2 && exit 2; }
name=$1-$2 runs=results/runs/$1 kept=results/expected program=build/release/gossipbench
[ -f "$runs/$2.json" ] || {
    echo "keep: there is no $runs/$2.json; make reproduce TABLE=$1 TIER=$2 first" >&2
    exit 1
}
# The table's figures, without those of its tuning; for a tuning, only accuracy over the rates.
figures() { # FOLDER
    case $name in
    *-tune) ls "$1" | grep "^$name-over-lr.*png$" ;;
    *) ls "$1" | grep "^$name-.*png$" | grep -v "^$name-tune-" ;;
    esac
}
# Earlier results are removed first, so that the verdict is not about the old numbers.
rm -rf "${kept:?}/$name" "$kept/$name".csv "$kept/$name".md "$kept/$name"-verdict.*
figures $kept/figures | while read -r figure; do rm -f "$kept/figures/$figure"; done
$program table "$1" --tier "$2" --save >/dev/null
$program plot "$1" --tier "$2" >/dev/null || :
$program compare "$1" --tier "$2" --save || :
mkdir -p "$kept/$name" $kept/figures
cp "results/tables/$name".csv "results/tables/$name".md "results/tables/$name"-verdict.* $kept/
sed -n 's/.*"dir":[[:space:]]*"\(.*\)",*$/\1/p' "$runs/$2.json" | while read -r run; do
    [ -f "$runs/$run/manifest.json" ] || continue
    mkdir -p "$kept/$name/$run"
    cp "$runs/$run/manifest.json" "$runs/$run/metrics.csv" "$kept/$name/$run/"
done
figures results/figures | while read -r figure; do cp "results/figures/$figure" $kept/figures/; done
$program report --markdown
