#!/bin/sh
# What `make reproduce` runs after building: finds the data, makes the missing runs of
# experiments/TABLE.json, writes and prints its table, figures and verdicts.
# The last line is VERDICT=...; gossipbench compare --help lists its values.
# TABLE core is the set of the paper's main items; all is every experiment that has the tier.
# usage: scripts/reproduce.sh [TABLE [TIER [--gate]]]
# exit code: 0 all runs are there and no claim is contradicted, 1 runs failed or are missing,
# 3 a claim is contradicted, 75 interrupted
# --gate checks whether a cell is worse than in results/expected, instead of whether claims hold.
set -eu
cd "$(dirname "$0")/.."
. scripts/mpi-env.sh
table=${1:-core} tier=${2:-quick} gate=${3:-}
program=build/release/gossipbench
experiment=experiments/$table.json

say() {
    echo "reproduce: $*"
}
give_up() {
    echo "reproduce: $*" >&2
    exit 1
}
[ -x $program ] || give_up "there is no $program; run make first"

# several TABLE...: one after the other; then all verdicts, and the overall one as the last line.  A
# table that ended without a verdict, or whose runs failed, is incomplete.
several() {
    verdicts=$(mktemp) said=$(mktemp) n=0
    trap 'rm -f "$verdicts" "$said"' EXIT
    trap : INT TERM
    for one; do
        n=$((n + 1))
        echo
        say "$one, $n of $#"
        { "$0" "$one" "$tier" $gate && echo 0 >"$verdicts.code" || echo $? >"$verdicts.code"; } | tee "$said"
        code=$(cat "$verdicts.code") && rm -f "$verdicts.code"
        [ "$code" -ne 75 ] || exit 75
        verdict=$(grep '^VERDICT=' "$said") || verdict="VERDICT=INCOMPLETE table=$one tier=$tier"
        case $code in
        0 | 3) echo "$verdict" ;;
        *) echo "$verdict" | sed 's/^VERDICT=[A-Z-]*/VERDICT=INCOMPLETE/' ;;
        esac >>"$verdicts"
    done
    echo
    cat "$verdicts"
    code=0
    scripts/summary.sh "$table" "$tier" <"$verdicts" || code=$?
    exit $code
}
case $table in
core) several table1 table4-agnews figure-consensus figure-curves figure-partition ;;
all) # shellcheck disable=SC2046 # names are words
    several $(grep -l "^    \"$tier\": {" experiments/*.json | sed 's|.*/||; s|\.json||') ;;
esac
[ -f "$experiment" ] || give_up "there is no $experiment; there are: $(cd experiments && echo *)"

# Data: real files if they are here or can be downloaded; else a substitute.  The smoke tier only
# shows that everything runs, and always uses generated files.
settings=$($program data get --for "$table" --tier "$tier") || exit 1

# Ctrl-C reaches the sweep too: it writes checkpoints and ends with 75.
trap : INT TERM
code=0
# shellcheck disable=SC2086 # settings are words
$program sweep "$table" --tier "$tier" $settings </dev/null || code=$?
if [ $code -eq 75 ]; then
    echo "reproduce: stopped; make reproduce TABLE=$table TIER=$tier goes on from here" >&2
    exit 75
fi
echo
$program table "$table" --tier "$tier" --save || :
$program plot "$table" --tier "$tier" || :
echo
shown=0
$program compare "$table" --tier "$tier" --save $gate || shown=$?
[ $shown -ne 0 ] || shown=$code
exit $shown
