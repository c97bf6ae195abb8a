#!/bin/sh
# scripts/nightly.sh on a tree with one toy experiment: what it calls same, changed, worse, of another
# machine, and slow; its exit codes and reports.
. "$(dirname "$0")/tap.sh"
mkdir -p scripts experiments results/published build/release/bench datasets
cp "$root"/scripts/*.sh scripts/
ln -s "$program" build/release/gossipbench
cat >experiments/nightly.json <<'END_OF_FILE'
{
  "title": "Toys", "metric": ["test_loss_mean", "consensus_distance"],
  "base": {"dataset": "quadratic", "dim": 4, "noise": 0, "workers": 4, "epochs": 60, "lazy": true,
           "lr": 0.1, "warmup_epochs": 0, "milestones": []},
  "axes": {"variant": ["dsgd", "gt"]},
  "settings": [{"when": {"variant": "gt"}, "set": {"algorithm": "gt"}}],
  "seeds": [1, 2, 3, 4, 5, 6, 7, 8],
  "tiers": {
    "smoke": {"seeds": [1]},
    "quick": {}
  }
}
END_OF_FILE
# A bench whose one benchmark reaches this fraction of the peak.
bench() {
    printf '#!/bin/sh\necho "      \\"run_name\\": \\"step\\",\n\\"run_type\\": \\"iteration\\",\n\\"of_peak\\": %s"\n' \
        "$1" >build/release/bench/main
    chmod +x build/release/bench/main
}
gate() { # PARTS [SEEDS]
    PARTS=$1 SEEDS=${2:-1 2 3} KERNELS=plain sh scripts/nightly.sh
}
bench 0.5
expected=results/expected
exits 1 "nothing is expected yet" gate "smoke cells speed"
says "VERDICT=INCOMPLETE table=nightly"
mkdir -p $expected
cp build/nightly/smoke-plain.txt build/nightly/speed-*.txt $expected/
exits 0 "what is expected is made" on 1 sweep nightly
cp -r results/runs/nightly $expected/
exits 0 "the same code gives the same" gate "smoke cells speed"
says "results=same:3,pass:1,better:0,new:0,other:0,slow:0,unconfirmed:0,changed:0,worse:0,failed:0"
exits 0 "other seeds pass" gate cells "101 102 103"
says "results=same:0,pass:2,"
ok "the history has both nights" test "$(wc -l <results/nightly/history.csv)" -eq 10

# A changed bit in a smoke run, which is allowed on a machine that gives other bits.
cp $expected/smoke-plain.txt list
sed '/_gt\|gt-s1/s/^[0-9a-f]/x/' list >$expected/smoke-plain.txt
exits 3 "a smoke run that has changed" gate smoke
says "nightly: changed: smoke plain nightly: 1 of 2 runs give the expected bits; nightly/gt-s1 does not"
ok "  in report.md" grep -q '^| changed | smoke | plain nightly |' results/nightly/report.md
ok "  in junit.xml" grep -q '<failure message="changed">' results/nightly/junit.xml
sed -i 's/^# BLAS core.*/# BLAS core: Another/' $expected/smoke-plain.txt
exits 0 "the same of another machine" gate "smoke cells"
says "nightly: other: smoke plain nightly: 1 of 2 runs give the expected bits"
says "expected of another machine (# BLAS core: Another )"
case $(uname -m) in
x86_64) sed -i 's/^# BLAS core.*/# BLAS core: Nehalem/' $expected/smoke-plain.txt
    exits 3 "of another processor, whose BLAS core this one has" gate smoke
    says "nightly: changed: smoke plain nightly: 1 of 2 runs give the expected bits"
    ok "  which is used" grep -qx '# BLAS core: Nehalem' build/nightly/smoke-plain.txt ;;
esac
cp list $expected/smoke-plain.txt

# Cells: other code that was better, and a seed that changed on the same path.
for manifest in $expected/nightly/gt-s*/manifest.json; do
    sed -i 's/"code_sha256":.*/"code_sha256": "0",/; s/\("test_loss_mean":[[:space:]]*[0-9.]*\)\(.*\)/\1e-9,/' "$manifest"
done
exits 3 "a cell that was better before" gate cells
says "nightly: worse: cells gt: (test loss): ours "
says "on fresh seeds: (test loss): ours "
says "results=same:1,pass:0,better:0,new:0,other:0,slow:0,unconfirmed:0,changed:0,worse:1,failed:0"
for run in results/runs/nightly/gt-s*; do
    cp "$run/manifest.json" "$expected/nightly/${run##*/}/"
done
echo >>"$(ls -d $expected/nightly/gt-s2-*)/metrics.csv"
exits 3 "a seed that has changed" gate cells
says "nightly: changed: cells gt: (test loss): ours "
says "seed 2 gives "

# The mean: each cell was better by a tenth, which is within its band.
rm -r $expected/nightly
cp -r results/runs/nightly $expected/
for manifest in $expected/nightly/*-s*/manifest.json; do
    awk '{ sub(/"code_sha256":.*/, "\"code_sha256\": \"0\",") }
        match($0, /"test_loss_mean":[ \t]*/) { $0 = "\"test_loss_mean\": " 0.9 * substr($0, RSTART + RLENGTH) "," }
        { print }' "$manifest" >list && mv list "$manifest"
done
exits 3 "cells whose mean was better before" gate cells
says "nightly: worse: cells mean: (test loss): ours "
says "on fresh seeds: (test loss): ours "
says "results=same:0,pass:2,better:0,new:0,other:0,slow:0,unconfirmed:0,changed:0,worse:1,failed:0"
ok "  fresh seeds are expected ones" grep -qF '"seeds": [4, 5, 6, 7, 8]' build/nightly/fresh-mean/experiments/nightly.json

# Speed.
bench 0.38
exits 0 "somewhat slower is a warning" gate "smoke speed"
says "nightly: slow: speed step: 0.76 times the expected fraction 0.5"
bench 0.2
exits 3 "less than half the speed" gate speed
says "nightly: worse: speed step: 0.40 times the expected fraction 0.5"
exits 2 "an unknown part" gate fast
says "EXIT=2"
finish
