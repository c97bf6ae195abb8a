#!/bin/sh
# What `make expected` runs after building: makes the results that come with the code, in
# results/expected, again with the present code.  Finished runs of this code are kept, missing ones
# are made.  The smoke lists and the cells of the nightly gate are made by make baseline.
# usage: scripts/expected.sh TABLE TIER      TABLE can be all
# exit code: 0 results are kept, whatever the verdicts; 1 something failed, 75 interrupted
set -eu
cd "$(dirname "$0")/.."
. scripts/signals.sh
tier=$2
trap 'leave $?' EXIT
case $1 in
all) tables=$(grep -l "^    \"$tier\": {" experiments/*.json | sed 's|.*/||; s|\.json||; /^nightly$/d') ;;
*) tables=$1 ;;
esac
[ -z "$(git status --porcelain --untracked-files=no)" ] || {
    echo "expected: commit your changes first: a result has to name the code that made it" >&2
    exit 1
}
for table in $tables; do
    ended=0
    run scripts/reproduce.sh "$table" "$tier" || ended=$?
    case $ended in
    0 | 3) scripts/keep.sh "$table" "$tier" ;;
    *) exit $ended ;;
    esac
done
