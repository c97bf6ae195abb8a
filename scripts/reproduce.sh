#!/bin/sh
# What `make reproduce` runs after building: finds the data, makes the missing runs of
# experiments/TABLE.json, writes and prints its table, figures and verdicts.
# The last line is VERDICT=...; gossipbench compare --help lists its values.
# TABLE core is the set of the paper's main items; all is every experiment that has the tier.
# usage: scripts/reproduce.sh [TABLE [TIER [--gate | --names]]]
# exit code: 0 all runs are there and no claim is contradicted, 1 runs failed or are missing,
# 3 a claim is contradicted, 75 interrupted; on stderr the last line is EXIT=code if it is not 0
# --gate checks whether a cell is worse than in results/expected, instead of whether claims hold.
# --names only says whether there are such a table and tier, before anything is built.
set -eu
cd "$(dirname "$0")/.."
. scripts/mpi-env.sh
. scripts/signals.sh
table=${1:-core} tier=${2:-quick} gate=${3:-}
program=build/release/gossipbench
experiment=experiments/$table.json
temp=$(mktemp)
trap 'leave $? "$temp"' EXIT

say() {
    echo "reproduce: $*"
}
give_up() {
    echo "reproduce: $*" >&2
    exit 1
}
case $table in
core | all) ;;
*) [ -f "$experiment" ] ||
    give_up "there is no $experiment; there are: core all $(cd experiments && echo *.json | sed 's/\.json//g')" ;;
esac
grep -q "\"$tier\": *{" experiments/*.json ||
    give_up "there is no tier '$tier'; there are smoke, quick, standard and full"
[ "$gate" != --names ] || exit 0
[ -x $program ] || give_up "there is no $program; run make first"

# several TABLE...: one after the other; then all verdicts, and the overall one as the last line.  A
# table that ended without a verdict, or whose runs failed, is incomplete.
several() {
    n=0
    for one; do
        n=$((n + 1))
        echo
        say "$one, $n of $#"
        ended=0
        run env CODE_IS_SAID=1 "$0" "$one" "$tier" $gate || ended=$?
        [ $ended -ne 75 ] || exit 75
        verdict=$($program compare "$one" --tier "$tier" $gate 2>/dev/null | grep '^VERDICT=') ||
            verdict="VERDICT=INCOMPLETE table=$one tier=$tier"
        case $ended in
        0 | 3) echo "$verdict" ;;
        *) echo "$verdict" | sed 's/^VERDICT=[A-Z-]*/VERDICT=INCOMPLETE/' ;;
        esac >>"$temp"
    done
    echo
    cat "$temp"
    ended=0
    scripts/summary.sh "$table" "$tier" <"$temp" || ended=$?
    exit $ended
}
case $table in
core) several table1 table4-agnews figure-consensus figure-curves figure-partition ;;
all) # shellcheck disable=SC2046 # names are words
    several $(grep -l "^    \"$tier\": {" experiments/*.json | sed 's|.*/||; s|\.json||') ;;
esac

# Data: real files if they are here or can be downloaded; else a substitute.  The smoke tier only
# shows that everything runs, and always uses generated files.
run $program data get --for "$table" --tier "$tier" >"$temp" || exit 1
settings=$(cat "$temp") made=0
# Rates that the program has to choose and that do not come with the code are chosen first; on a
# stand-in, whose settings change the runs, no rates would be written.
rates=rates/$table-$tier.json
if grep -qF "\"$rates\"" "$experiment" && [ ! -f "experiments/$rates" ]; then
    [ -z "$settings" ] ||
        give_up "experiments/$rates is not there, and learning rates are chosen only on the experiment's own data, which are not here"
    say "experiments/$rates is not there: the learning rates are chosen first, on held-out samples"
    run $program sweep "$table" --tier "$tier" --tune || exit $?
fi
# shellcheck disable=SC2086 # settings are words
run $program sweep "$table" --tier "$tier" $settings || made=$?
[ $made -ne 75 ] || exit 75
echo
run $program table "$table" --tier "$tier" --save || :
run $program plot "$table" --tier "$tier" || :
echo
shown=0
run $program compare "$table" --tier "$tier" --save $gate || shown=$?
[ $shown -ne 0 ] || shown=$made
exit $shown
