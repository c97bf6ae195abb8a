#!/bin/sh
# scripts/keep.sh: what it keeps, in the form that reports read, and which runs it refuses; the summary
# of scripts/reproduce.sh over several tables.
. "$(dirname "$0")/tap.sh"
mkdir scripts experiments results
cp "$root/scripts/keep.sh" scripts/
ln -s "$root/build" build
cp -r "$root/results/published" results/
cat >experiments/toy.json <<'END'
{"title": "Toy", "seeds": [1, 2], "metric": "test_loss_mean", "axes": {"algorithm": ["dsgd", "gt"]},
 "base": {"dataset": "rosenbrock", "workers": 4, "epochs": 20, "warmup_epochs": 0, "milestones": []},
 "tiers": {"smoke": {}, "more": {"seeds": [2, 3]}}}
END
git init -q . && git -c user.name=x -c user.email=x@x commit -q --allow-empty -m x
head=$(git rev-parse --short=12 HEAD)
runs=results/runs/toy kept=results/expected/toy
made_by() { # COMMIT RUN...
    commit=$1
    shift
    for run; do
        sed -i 's/"git_commit":.*/"git_commit":	"'"$commit"'",/' "$run/manifest.json"
    done
}
exits 1 "keep before there are runs" sh scripts/keep.sh toy smoke
says "keep: there is no results/runs/toy/smoke.json"
exits 0 "runs" on 1 sweep toy --tier smoke
exits 0 "and more" on 1 sweep toy --tier more
one=$(ls -d $runs/gt-s2-*) two=$(ls -d $runs/gt-s3-*)
made_by "$head" $runs/*-s*
made_by "$head-dirty" "$one"
exits 1 "a run of code that is not committed" sh scripts/keep.sh toy smoke
says "keep: $one was made with changes that are not committed ($head-dirty)"
made_by 265e7d4869fc "$one"
exits 1 "a run of a commit that is not in the history" sh scripts/keep.sh toy smoke
says "keep: $one is of commit 265e7d4869fc, which is not in the history of HEAD"
ok "nothing is kept then" test ! -e results/expected
made_by "$head" "$one"
made_by x "$two"
exits 0 "keep; runs of another tier do not count" sh scripts/keep.sh toy smoke
made_by "$head" "$two"
exits 0 "keep another tier" sh scripts/keep.sh toy more
ok "the runs of both are there" test "$(ls -d $kept/*/manifest.json | wc -l)" -eq 6
ok "  with paths" test -s "$kept/${one##*/}/path.csv"
on 1 table toy --tier smoke --format csv >table.csv
ok "  and the table" cmp table.csv results/expected/toy-smoke.csv
on 1 table toy --tier smoke --from results/expected --format csv >table.csv
ok "  which the kept runs give as well" cmp table.csv results/expected/toy-smoke.csv
ok "  figures" test -s results/expected/figures/toy-smoke-path.png
ok "  both are in the README" test "$(grep -c '^## toy-' results/README.md)" -eq 2
cp -r results before
sed -i 's/"diverged"/"interrupted"/' $runs/*-s[12]-*/manifest.json
exits 1 "keep when no run has ended" sh scripts/keep.sh toy smoke
says "keep: none of the runs in $runs/smoke.json has ended; what is kept stays as it is"
ok "  and it does" diff -r results/expected before/expected
sed -i 's/"interrupted"/"diverged"/' $runs/*-s2-*/manifest.json
exits 0 "keep some" sh scripts/keep.sh toy smoke
ok "  without those that were interrupted" test "$(ls -d $kept/*/manifest.json | wc -l)" -eq 4
sed -i 's/"interrupted"/"diverged"/' $runs/*-s1-*/manifest.json
sed -i 's/"seeds": \[1, 2\]/"seeds": [2]/' experiments/toy.json
exits 0 "fewer seeds" on 1 sweep toy --tier smoke
exits 0 "  kept" sh scripts/keep.sh toy smoke
ok "  old runs are gone" test "$(ls -d $kept/*-s1-* 2>/dev/null | wc -l)" -eq 0
ok "  those of the other tier are not" test "$(ls -d $kept/*/manifest.json | wc -l)" -eq 4

# The verdict on several tables is the worst; tables without claims do not spoil a PASS.
sum_of() { # WORST CODE WORD...
    worst=$1 code=$2
    shift 2
    for word; do
        echo "VERDICT=$word table=x tier=t data=d$# cells=2 runs=1/1 claims=reproduced:1,not-run:2 expected="
    done >verdicts
    exits "$code" "of $*" sh -c '"$1"/scripts/summary.sh all t <verdicts' - "$root"
    says "VERDICT=$worst table=all tier=t tables=$# verdicts="
}
sum_of PASS 0 PASS NO-CLAIMS PASS
says "verdicts=fail:0,incomplete:0,inconclusive:0,no-claims:1,pass:2 data=d3 cells=6 claims=reproduced:3,inconclusive:0,not-reproduced:0,not-run:6"
sum_of NO-CLAIMS 0 NO-CLAIMS NO-CLAIMS
sum_of INCONCLUSIVE 0 PASS INCONCLUSIVE NO-CLAIMS
sum_of INCOMPLETE 1 INCONCLUSIVE INCOMPLETE PASS
sum_of FAIL 3 INCOMPLETE FAIL PASS
sum_of INCOMPLETE 1

# Names are checked before anything is built.
cp "$root/scripts/reproduce.sh" "$root/scripts/mpi-env.sh" "$root/scripts/signals.sh" scripts/
rm build
exits 0 "names that are there" sh scripts/reproduce.sh toy smoke --names
exits 1 "a tier that is not there" sh scripts/reproduce.sh toy fast --names
says "reproduce: there is no tier 'fast'; there are smoke, quick, standard and full"
exits 1 "a table that is not there" sh scripts/reproduce.sh tyo smoke --names
says "reproduce: there is no experiments/tyo.json; there are: core all toy"
exits 1 "no program" sh scripts/reproduce.sh toy smoke
says "reproduce: there is no build/release/gossipbench; run make first"
finish
