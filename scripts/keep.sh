#!/bin/sh
# Keep the results made here as those that come with the code, in results/expected: the index of the
# runs, their manifests, metrics and the files that figures need; the table as CSV; the figures.
# Then write results/README.md again.  Runs whose code is not a commit of this branch are refused.
# usage: scripts/keep.sh TABLE TIER        after make reproduce TABLE=… TIER=…
set -eu
cd "$(dirname "$0")/.."
[ $# -eq 2 ] || { echo "keep: takes a table and a tier" >&2 && exit 2; }
runs=results/runs/$1 kept=results/expected/$1 program=build/release/gossipbench
give_up() {
    echo "keep: $*" >&2
    exit 1
}
[ -f "$runs/$2.json" ] || give_up "there is no $runs/$2.json; make reproduce TABLE=$1 TIER=$2 first"

# The names of an index's runs.
names() { # INDEX
    sed -n 's/.*"dir":[[:space:]]*"\(.*\)",*$/\1/p' "$1"
}
ended=$(for run in $(names "$runs/$2.json"); do
    ! grep -Eqs '"status":[[:space:]]*"(finished|diverged)"' "$runs/$run/manifest.json" || echo "$run"
done)
[ "$ended" ] || give_up "none of the runs in $runs/$2.json has ended; what is kept stays as it is"
for run in $ended; do
    commit=$(sed -n 's/.*"git_commit":[[:space:]]*"\(.*\)",*$/\1/p' "$runs/$run/manifest.json")
    case $commit in
    *-dirty) give_up "$runs/$run was made with changes that are not committed ($commit)" ;;
    esac
    git merge-base --is-ancestor "$commit" HEAD 2>/dev/null ||
        give_up "$runs/$run is of commit $commit, which is not in the history of HEAD"
done

# Earlier results that no other tier has are removed first.
[ ! -f "$kept/$2.json" ] || for run in $(names "$kept/$2.json"); do
    [ "$(grep -lF "\"$run\"" "$kept"/*.json | wc -l)" -gt 1 ] || rm -rf "${kept:?}/$run"
done
mkdir -p "$kept" results/expected/figures
cp "$runs/$2.json" "$kept/"
for run in $ended; do
    mkdir -p "$kept/$run"
    for file in manifest.json metrics.csv classes.csv path.csv; do
        [ ! -f "$runs/$run/$file" ] || cp "$runs/$run/$file" "$kept/$run/"
    done
done
$program table "$1" --tier "$2" --from results/expected --format csv >"results/expected/$1-$2.csv" || :
$program plot "$1" --tier "$2" --from results/expected || :
rm -f results/expected/figures/*.pdf results/expected/figures/*.svg results/expected/figures/*.tex
$program report --markdown
