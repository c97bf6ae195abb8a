#!/bin/sh
# A sweep's runs in several processes: which process makes which run, what they share, what is left if
# some fail or all are interrupted; filters, costs, variants.
. "$(dirname "$0")/tap.sh"
mkdir experiments
cat >experiments/pool.json <<'END'
{"title": "Pool", "seeds": [1, 2],
 "base": {"dataset": "synthetic-images", "train_limit": 320, "test_limit": 50, "model": "resnet8-gn",
          "workers": 4, "epochs": 2, "batch_size": 16, "warmup_epochs": 0, "lr": 0.05},
 "axes": {"alpha": [1, 0.1], "algorithm": ["dsgd", "qg-dsgdm-n"]},
 "tiers": {"smoke": {}, "long": {"base": {"epochs": 12, "eval_every": 1}, "seeds": [1],
                                 "axes": {"algorithm": ["dsgd", "dsgdm"]}}}}
END
cat >experiments/variants.json <<'END'
{"title": "Variants", "seeds": [1], "metric": "test_loss_mean", "base": {"dataset": "quadratic", "epochs": 5,
          "warmup_epochs": 0, "milestones": [], "workers": 8},
 "axes": {"variant": ["plain", "lazy"], "topology": ["ring", "torus"]},
 "settings": [{"when": {"variant": "lazy", "topology": ["ring", "torus"]}, "set": {"lazy": true}}],
 "skip": [{"variant": ["lazy"], "topology": "torus"}],
 "tiers": {"smoke": {}}}
END
runs=results/runs/pool
n_manifest() {
    found=$(ls -d $runs/*/manifest.json 2>/dev/null | wc -l)
    echo "$found manifests, expected $1"
    [ "$found" -eq "$1" ]
}

exits 0 "--filter" on 1 sweep pool --tier smoke --filter alpha=0.1 --filter seed=2
says "pool smoke: 2 runs: 2 run now, 0 finished before, 0 failed"
ok "  only those" n_manifest 2
exits 2 "  of a value that no run has" on 1 sweep pool --tier smoke --filter alpha=3
says "no run of pool smoke has alpha=3"
exits 2 "  of no other one's value" on 1 sweep pool --tier smoke --filter seed=1 --filter alpha=3
says "no run of pool smoke has alpha=3"
exits 2 "  of two values at once" on 1 sweep pool --tier smoke --filter alpha=1 --filter alpha=0.1
says "no run of pool smoke has alpha=1 and alpha=0.1: each --filter leaves fewer runs"
exits 2 "  of no key" on 1 sweep pool --tier smoke --filter alpa=1
says "unknown key 'alpa' (did you mean 'alpha'?)"
exits 2 "  without a value" on 1 sweep pool --tier smoke --filter alpha
says "--filter takes KEY=VALUE"
exits 2 "no jobs" on 1 sweep pool --tier smoke --jobs 0
says "jobs is '0'"
exits 0 "--dry-run" on 1 sweep pool --tier smoke --dry-run --jobs 3
says "pool smoke: 6 runs to make"
says "in 3 processes"
room=$(($(sed -n 's/.*at most \([0-9]*\) MiB in all$/\1/p' said) / 2)) # for one and a half
ok "  makes none" n_manifest 2
if awk '/^MemAvailable/ { exit ($2 > 24 * 1024 * 1024) }' /proc/meminfo; then
    exits 0 "  of more processes than the memory is for" on 1 sweep pool --tier smoke --dry-run --jobs 1024
    says ", enough for --jobs "
else
    skip "  of more processes than the memory is for" "1024 processes have enough"
fi
# A group of processes whose memory is enough for one run; version 1 or 2 of control groups.
group=$(awk -F: '$2 == "memory" { path = "/memory" $3 } $1 == 0 && !path { path = $3 }
    END { print "/sys/fs/cgroup" path }' /proc/self/cgroup)/gossipbench-$$
release() {
    rmdir "$group" 2>/dev/null
}
in_group() {
    sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$group" "$@"
}
has_group() {
    mkdir "$group" && for limit in memory.limit_in_bytes memory.max; do
        [ ! -w "$group/$limit" ] || echo ${room}M >"$group/$limit"
    done && in_group grep -qs $((room << 20)) "$group/memory.limit_in_bytes" "$group/memory.max"
}
if [ "$(nproc)" -gt 1 ] && [ "${CLI_VARIANT:-}" != san ] && has_group 2>/dev/null; then
    exits 0 "runs of which not two have room" in_group "$program" sweep pool --tier smoke --filter seed=1
    says "pool smoke: 1 at a time instead of "
    says "pool smoke: 4 runs: 4 run now, 0 finished before, 0 failed"
else
    skip "runs of which not two have room" "no group of limited memory can be made here, or there is one core"
fi
exits 0 "--dry-run on 2 ranks" on 2 sweep pool --tier smoke --dry-run
says "in 2 processes"

# Two sweeps at once, of several processes each.
"$program" sweep pool --tier smoke --jobs 2 >one </dev/null 2>&1 &
"$program" sweep pool --tier smoke --jobs 2 >two </dev/null 2>&1
wait $!
for sweep in one two; do
    ok "of two at once, $sweep ends with all" grep -q "^pool smoke: 8 runs: .*, 0 failed" $sweep
done
ok "  all are there" n_manifest 8
ok "  no claim is left" test -z "$(ls $runs/*/claim 2>/dev/null)"
mv results one-process
exits 0 "the same on 3 ranks" on 3 sweep pool --tier smoke
says "pool smoke: 8 runs: 8 run now, 0 finished before, 0 failed"
for run in alpha1_dsgd-s1 alpha0.1_qg-dsgdm-n-s2; do
    ok "  same bits of $run" same one-process/runs/pool/$run-* $runs/$run-*
done

# Runs of the same configuration in another experiment are copied.
sed 's/"Pool"/"Other"/' experiments/pool.json >experiments/other.json
exits 0 "another experiment of the same runs" timeout 20 "$program" sweep other --tier smoke
says "other smoke: 8 runs: 8 run now"
ok "  the very manifests" cmp $runs/alpha1_dsgd-s1-*/manifest.json \
    results/runs/other/alpha1_dsgd-s1-*/manifest.json

# One run cannot be made, the others are.
rm -r $runs
mkdir -p $runs
exits 0 "where is one" on 1 sweep pool --tier smoke --list
bad=$runs/$(sed -n 's/^\(alpha1_dsgd-s2-[0-9a-f]*\).*/\1/p' said)
rm -r results/runs/other one-process
mkdir -p "$bad/metrics.csv"
exits 1 "one run fails" on 1 sweep pool --tier smoke
says "pool smoke: 8 runs: 7 run now, 0 finished before, 1 failed"
says "failed: alpha1_dsgd-s2-"
says "metrics.csv"
rmdir "$bad/metrics.csv"
exits 0 "  and is made when its cause is gone" on 1 sweep pool --tier smoke
says "pool smoke: 8 runs: 1 run now, 7 finished before, 0 failed"

# The remains of a process that was killed at its very end are removed without repeating the run.
echo checkpoint >"$bad/checkpoint" && echo 1-1 >"$bad/claim" && cp "$bad/manifest.json" manifest
exits 0 "a finished run with a checkpoint" on 1 sweep pool --tier smoke
says "0 run now, 8 finished before, 0 failed"
ok "  it is gone, and the claim" test -z "$(ls $runs/*/claim $runs/*/checkpoint 2>/dev/null)"
ok "  the run is as it was" cmp manifest "$bad/manifest.json"

# If interrupted, all processes leave checkpoints, from which the next sweep continues.
"$program" sweep pool --tier long --jobs 1 >one </dev/null 2>&1 &
"$program" sweep pool --tier long --jobs 1 >two </dev/null 2>&1
wait $!
cat one two >said # runs of more than a second are told, each by who made it
test "$(grep -c ': finished, ' said)" -eq 2
report $? "two sweeps make each run once"
mv $runs whole
"$program" sweep pool --tier long --jobs 2 >stopped 2>&1 </dev/null &
pid=$!
started $runs/"$(basename whole/dsgdm-s1-*)" metrics.csv 3
kill -INT $pid
wait $pid
code=$?
cp stopped said
[ $code -eq 75 ]
report $? "interrupted: exit code 75"
says "interrupted; the same command continues from here"
ok "  a checkpoint is left" ls $runs/dsgdm-s1-*/checkpoint
exits 0 "  the next goes on" on 1 sweep pool --tier long
ok "  to the same bits" same whole/dsgdm-s1-* $runs/dsgdm-s1-*

# A process that dies is replaced, and its run continues from its checkpoint; after the third death the
# sweep leaves this run out.
cat >experiments/dead.json <<'END'
{"title": "Dead", "rates": "given, not tuned", "metric": "test_loss_mean", "seeds": [1],
 "base": {"dataset": "quadratic", "workers": 8, "dim": 200, "epochs": 240000, "eval_every": 2000,
          "checkpoint_every": 2000, "warmup_epochs": 0, "milestones": []},
 "axes": {"algorithm": ["dsgd", "gt"]},
 "settings": [{"when": {"algorithm": "gt"}, "set": {"epochs": 10}}],
 "tiers": {"smoke": {}}}
END
runs=results/runs/dead
one_dies() {
    "$program" sweep dead --tier smoke --jobs 1 </dev/null &
    until [ -s "$(echo $runs/dsgd-s1-*/checkpoint)" ]; do
        [ -e /proc/$!/exe ] || return
        sleep 0.02
    done
    read -r pid <"/proc/$!/task/$!/children"
    kill -KILL "$pid"
    wait $!
}
exits 0 "no process dies" on 1 sweep dead --tier smoke --jobs 1
mv $runs whole-dead
exits 0 "one dies" one_dies
says "the process that made it died; trying again"
says "dead smoke: 2 runs: 2 run now, 0 finished before, 0 failed"
ok "  same bits" same whole-dead/dsgd-s1-* $runs/dsgd-s1-*
again="sweep dead --tier smoke --filter algorithm=dsgd --set epochs=1000000 --set dim=2000"
exits 1 "three die, each after a second" sh -c 'ulimit -t 1 && exec "$@"' - "$program" $again
says "failed: dsgd-s1-"
says "3 processes died while making it"
says "dead smoke: 1 runs: 0 run now, 0 finished before, 1 failed"
exits 75 "  the next sweep tries it again" timeout --preserve-status 2 "$program" $again

exits 0 "variants" on 1 sweep variants --tier smoke
says "variants smoke: 3 runs: 3 run now"
ok "  one is lazy" grep -lq '"lazy":[[:space:]]*true' results/runs/variants/lazy_ring-s1-*/manifest.json
ok "  the other is not" grep -lq '"lazy":[[:space:]]*false' results/runs/variants/plain_ring-s1-*/manifest.json
finish
