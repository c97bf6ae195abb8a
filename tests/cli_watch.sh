#!/bin/sh
# gossipbench watch: the state of runs from their files; and that the terminal is given back.
# shellcheck disable=SC1091,SC2154 # tap.sh sets the variables
. "$(dirname "$0")/tap.sh"
mkdir experiments
cat >experiments/small.json <<'END'
{"title": "small", "metric": "test_loss_mean", "claims": [],
 "base": {"dataset": "quadratic", "dim": 10, "workers": 4, "epochs": 30, "lr": 0.1, "eval_every": 1, "lazy": true,
   "warmup_epochs": 0, "milestones": []},
 "axes": {"algorithm": ["dsgd", "gt", "d2", "dsgdm-n"]}, "seeds": [1], "tiers": {"quick": {}}}
END
watch="$program watch --once"
exits 0 "nothing yet" $watch
says "no experiment has runs here"
mkdir -p other/docs && echo '{"key": 1}' >other/docs/schema.json
exits 0 "other files" $watch other
says "no experiment has runs here"
exits 1 "a file" $watch experiments/small.json
exits 0 "a sweep" $program sweep small
says "[small quick: "
ok "  as a plain log" sh -c "! grep '$(printf '\033')' '$temp/said'"
exits 0 "all done" $watch
says "0 running, 0 to run, 4 done, 0 failed"
says "small quick                  ████████████████    4/4 "

# One that failed, one that was stopped, one that a process holds; the fourth is done.
runs=results/runs/small
for algorithm in dsgd gt d2; do
    sed -i 's/"finished"/"started"/' $runs/$algorithm-s1-*/manifest.json
done
printf 'a sweep\nno memory was left for it' >"$(echo $runs/dsgd-s1-*)/claim"
: >"$(echo $runs/gt-s1-*)/checkpoint"
held=$(echo $runs/d2-s1-*)/claim
flock -h >/dev/null 2>&1 && python3 -c 1 2>/dev/null && {
    python3 -c "
import fcntl, time
f = open('$held', 'w')
fcntl.lockf(f, fcntl.LOCK_EX)
open('held', 'w')
time.sleep(20)" &
    for i in 1 2 3 4 5 6 7 8 9 10; do [ -f held ] || sleep 0.2; done
}
exits 0 "other states" $watch
cp said view
says "to run, 1 done, 1 failed"
says "░    1/4 "
says "failed: no memory was left for it"
says "stopped"
if [ -f held ]; then
    says "1 running, 1 to run"
    ok "  with its last value and its course" grep -q 'D², seed 1 .* 30/30 .*▁' view
    echo '15 30 90.0' >"$(dirname "$held")/progress"
    $watch >view
    ok "  with how far it is and the time left" grep -q 'D², seed 1 .* 15/30 .* 90 s' view
    echo 'no number' >"$(dirname "$held")/progress"
    $watch >view
    ok "  or, if that cannot be read, its last evaluation" grep -q 'D², seed 1 .* 30/30 ' view
else
    skip "a running run" "there is no python3 to hold a lock"
fi
for columns in 80 200; do
    ok "no line is longer than $columns columns" sh -c "COLUMNS=$columns $watch |
        sed 's/[^ -~]\{1,3\}/x/g' | awk 'length > $columns { print; bad = 1 } END { exit bad }'"
done

# Of a name that is too long the end is shown, which differs from run to run.
sed 's/"small"/"long"/; s/"algorithm": \[.*\]}/"dim": [10], "noise": [0.1], "conditioning": [1], "algorithm": ["d2"]}/' \
    experiments/small.json >experiments/long.json
exits 0 "a sweep with long names" $program sweep long
sed -i 's/"finished"/"started"/' results/runs/long/*/manifest.json
: >"$(echo results/runs/long/*/)checkpoint"
COLUMNS=80 $watch >view
ok "the end of a long name" grep -q '^  ….* 1, D², seed 1  .*stopped' view

# A run that is stopped before its first evaluation says how far it was; one that is done does not.
sed 's/"small"/"late"/; s/"epochs": 30/"epochs": 1000000/; s/"eval_every": 1/"eval_every": 1000000/
    s/"dim": 10, "workers": 4/"dim": 1000, "workers": 64/; s/"algorithm": \[.*\]}/"algorithm": ["d2"]}/' experiments/small.json >experiments/late.json
timeout -s INT $((run_limit / 24)) $program sweep late >/dev/null 2>&1
$watch >view
ok "a run without an evaluation" grep -q 'D², seed 1 *[0-9.e+]*/1e+06 .*stopped' view
rm results/runs/long/*/checkpoint
echo '15 30 90.0' >"$(echo results/runs/long/*/)progress"
exits 0 "the run with the long name" $program sweep long
ok "  and nothing says how far it was" sh -c '! ls results/runs/long/*/progress'

# On a terminal, q and SIGTERM end it; the last bytes that it writes leave the alternate screen.
if has_terminal; then
    (sleep 1; printf q) | TERM=xterm LC_ALL=C.UTF-8 timeout 20 script -qec "$program watch" screen >/dev/null 2>&1
    report $? "q ends the view"
    ok "  on the other screen of the terminal" grep -q "$(printf '\033\[?1049h')" screen
    ok "  which it leaves" sh -c "tail -c 300 screen | grep -q '$(printf '\033\[?1049l')'"
    ok "  and shows the runs" grep -q "small quick" screen
else
    skip "on a terminal" "$why_not"
fi

# What sweep and run print on a terminal: no line is too long, and the live line is erased before
# anything else is printed.
narrow() { # COLUMNS: of all that was written to the screen
    tr -d '\r' <screen | sed "s/$(printf '\033\[K')/\n/g; /^Script /d" | LC_ALL=C sed 's/[^ -~]\{3\}/x/g' |
        awk -v n="$1" 'length >= n { print; bad = 1 } END { exit bad }'
}
seen() { # what stands there at the end
    tr -d '\r' <screen | sed "s/.*$(printf '\033\[K')//"
}
on_terminal() { # COLUMNS COMMAND
    script -qec "stty cols $1; $2" screen </dev/null >/dev/null 2>&1
}
task="--dataset synthetic-images --train-limit 400 --test-limit 50 --model resnet8-gn --workers 4
    --batch-size 16 --warmup-epochs 0 --lr 0.05"
if has_terminal; then
    on_terminal 50 "$program sweep small --epochs 20000"
    ok "a sweep's live line" grep -q "/4 done, [0-9] running" screen
    ok "  fits" narrow 50
    seen >view
    ok "  and is erased" sh -c "grep -q '^small quick: 4 runs: 4 run now' view && ! grep 'running' view"
    on_terminal 80 "timeout -s INT $((run_limit / 24)) $program sweep late"
    ok "  and has the time left before a run is done" grep -q '0/1 done, 1 running, .* left' screen
    on_terminal 80 "timeout -s INT $((run_limit / 60)) $program run $(echo $task) --epochs 500 --eval-every 10 --out stopped"
    ok "a run's lines fit" narrow 80
    seen >view
    ok "  its live line" grep -q 'step .* left' screen
    ok "  is erased" sh -c "grep -q '^stopped: interrupted' view && ! grep '^step' view"
else
    skip "sweep and run on a terminal" "$why_not"
fi
pkill -P $$ python3 2>/dev/null
finish
