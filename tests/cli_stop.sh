#!/bin/sh
# What the scripts return if they are asked to stop, if their output cannot be written, or if a rank
# dies.
. "$(dirname "$0")/tap.sh"
mkdir -p scripts experiments results/published build/release datasets
cp "$root"/scripts/*.sh scripts/
ln -s "$program" build/release/gossipbench
cat >experiments/long.json <<'END'
{
  "title": "Long", "metric": "test_loss_mean", "seeds": [1],
  "base": {"dataset": "quadratic", "workers": 4, "epochs": 1000000, "eval_every": 1000,
           "warmup_epochs": 0, "milestones": []},
  "axes": {"algorithm": ["dsgd"]},
  "tiers": {
    "smoke": {}
  }
}
END
run="results/runs/long/dsgd-s1-*"
stop() { # SIGNAL COMMAND...: its exit code when it gets the signal, and no other process does
    signal=$1
    shift
    rm -rf results/runs
    env --default-signal="$signal" timeout -s KILL $run_limit "$@" >out 2>&1 &
    until [ "$(cat $run/metrics.csv 2>/dev/null | wc -l)" -gt 2 ]; do
        kill -0 $! || return
        sleep 0.05
    done
    kill -s "$signal" "$(awk -v parent=$! '$4 == parent { print $1 }' /proc/[0-9]*/stat 2>/dev/null)"
    wait $!
    code=$?
    cat out
    return $code
}
for signal in TERM INT HUP; do
    exits 75 "reproduce.sh, SIG$signal" stop $signal scripts/reproduce.sh long smoke
    ok "  a checkpoint is left" test -s $run/checkpoint
    ok "  the last line has the code" sh -c '[ "$(tail -n 1 out)" = EXIT=75 ]'
done
exits 75 "reproduce.sh of all tables" stop TERM scripts/reproduce.sh all smoke
ok "  the last line alone has the code" sh -c '[ "$(grep -n EXIT= out)" = "$(wc -l <out):EXIT=75" ]'
exits 75 "smoke.sh" stop TERM scripts/smoke.sh plain .
ok "  a checkpoint is left" test -s $run/checkpoint

toy="$program run --dataset quadratic --workers 4 --warmup-epochs 0 --milestones [] --eval-every 1000
    --lr 0.05 --epochs"
for signal in TERM INT HUP; do
    exits 75 "mpirun.sh, SIG$signal" interrupt $signal $signal \
        env --default-signal=INT scripts/mpirun.sh -np 2 $toy 1000000 --out $signal
    ok "  a checkpoint is left" test -s $signal/checkpoint
done
exits 1 "mpirun.sh, nowhere to print" sh -c 'exec "$@" >/dev/full' - scripts/mpirun.sh -np 2 $toy 2 --out full
says "mpirun.sh: standard output cannot be written, so it is incomplete"
exits 0 "mpirun.sh, none of these" scripts/mpirun.sh -np 2 $toy 2 --out none

rank_dies() {
    env -u OMPI_MCA_odls_base_sigkill_timeout scripts/mpirun.sh -np 2 $toy 1000000 --checkpoint-every 1000 --out dead </dev/null &
    started dead checkpoint 1
    begin=$(date +%s)
    kill -KILL "$(awk '$2 == "(gossipbench)" && /^[0-9]/ { print $1 }' /proc/[0-9]*/stat 2>/dev/null |
        while read -r pid; do [ "$(readlink "/proc/$pid/cwd")" = "$PWD" ] && echo "$pid"; done | tail -n 1)"
    wait $!
    code=$? took=$(($(date +%s) - begin))
    echo "code $code after $took s"
    [ $took -le 10 ] || return 0
    return $code
}
exits 137 "mpirun.sh, a rank is killed" rank_dies
says "mpirun.sh: a rank died of signal 9; run --resume and sweep continue from the last checkpoint"
ok "  a checkpoint is left" test -s dead/checkpoint
finish
