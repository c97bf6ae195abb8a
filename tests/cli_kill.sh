#!/bin/sh
# kill -9: a run that is killed at random moments on 1, 2 or 3 ranks, and resumed each time on
# another number of them, ends as if nothing had happened: metrics.csv and path.csv, the figures of
# the manifest, the parameters and the list of files are the same.  Then checkpoints that are cut, or
# have one bit flipped: each is noticed, and the previous one is used.
#   KILLS=200 DAMAGES=20 KILL_SEED=1 tests/cli_kill.sh    this many kills and damages, these moments
. "$(dirname "$0")/tap.sh"
n_kill=${KILLS:-8} n_damage=${DAMAGES:-2} per_run=4
random=${KILL_SEED:-$(date +%s)}
echo "# KILL_SEED=$random"
methods=$("$program" info | sed -n 's/^algorithm  *//p')
n_method=$(echo "$methods" | wc -w)

draw() { # N: $drawn is from 0 to N - 1
    for i in 1 2; do
        random=$(((random * 1103515245 + 12345) % 2147483648))
        drawn=$((drawn % 32768 * 32768 + random / 65536))
    done
    drawn=$((drawn % $1))
}
drawn=0

# settings K: the settings and the name of the K-th run: each method in turn, on a toy problem with a
# checkpoint in every second round, or on a small network; then each on the other of the two.
settings() {
    method=$(echo "$methods" | cut -d ' ' -f $(($1 % n_method + 1)))
    case $method in
    sgp*) graph=directed-ring ;;
    relay*) graph=binary-tree ;;
    *) graph=complete ;;
    esac
    set_to="--algorithm $method --topology $graph --workers 4 --lr 0.01 --warmup-epochs 0
        --milestones []"
    if [ $((($1 + $1 / n_method) % 2)) -eq 0 ]; then
        which=toy-$method
        set_to="$set_to --dataset quadratic --dim 3 --noise 1 --epochs 300 --checkpoint-every 2"
    else
        which=net-$method
        set_to="$set_to --dataset synthetic-images --train-limit 320 --test-limit 100 --batch-size 8
            --model resnet8-bn-w1 --epochs 3 --eval-every 0.4 --checkpoint-every 1"
    fi
}
# start RANKS DIR: start or continue the run; $pid is that of the program, or of mpirun.
start() {
    if [ "$1" -eq 1 ]; then
        "$program" run $set_to --out "$2" --resume </dev/null >said 2>&1 &
    else
        mpirun -np "$1" "$program" run $set_to --out "$2" --resume </dev/null >said 2>&1 &
    fi
    pid=$!
}
# is_training: wait until it trains.
is_training() {
    for i in $(seq 400); do
        ! grep -q "files in" said && kill -0 $pid 2>/dev/null || return
        sleep 0.02
    done
}
# slay: kill the run and all its ranks; false if it had ended.
slay() {
    ranks=$(sed -n "s/^\([0-9]*\) (.*) . $pid .*/\1/p" /proc/[0-9]*/stat 2>/dev/null)
    kill -KILL $ranks $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ $? -eq 137 ]
}
# complete RANKS DIR: resume the run to its end; ranks that have lost mpirun take a moment to die.
complete() {
    for i in $(seq 50); do
        on "$1" run $set_to --out "$2" --resume >said 2>&1
        code=$?
        grep -q "another process is writing" said || break
        sleep 0.2
    done
    return $code
}
# What the kill interrupted, as far as the folder shows.
moment() {
    if [ -e "$1/checkpoint.part" ]; then
        echo "writing a checkpoint"
    elif ls "$1"/*.part* >/dev/null 2>&1; then
        echo "replacing the manifest or a CSV file"
    elif [ ! -e "$1/checkpoint" ]; then
        echo "before the first checkpoint"
    else
        echo "anything else"
    fi >>moments
}
other() { # $ranks_now becomes another number of ranks from 1 to 3
    draw 2
    ranks_now=$(((ranks_now + drawn) % 3 + 1))
}

draw $((2 * n_method))
k=$drawn n_killed=0 ranks_now=1
[ "$n_kill" -lt $((2 * n_method)) ] || k=0
while [ $n_killed -lt "$n_kill" ]; do
    settings $k
    k=$((k + 1)) how=
    if [ ! -d "whole-$which" ]; then
        exits 0 "$which" on 1 run $set_to --out "whole-$which"
        sed -n 's/.*"wall":[^0-9]*\([0-9]*\)\.\([0-9][0-9][0-9]\).*/\1\2/p' \
            "whole-$which/manifest.json" | sed 's/^0*\(.\)/\1/' >"took-$which"
    fi
    for try in $(seq $per_run); do
        [ $n_killed -lt "$n_kill" ] || break
        other
        start $ranks_now "killed-$which"
        draw 6 # one in six while it starts
        [ "$drawn" -eq 0 ] || is_training
        draw "$(cat "took-$which")"
        sleep "$(printf '%d.%03d' $((drawn / 1000)) $((drawn % 1000)))"
        slay || break
        n_killed=$((n_killed + 1)) how="$how $ranks_now"
        moment "killed-$which"
    done
    other
    ok "  killed on$how ranks, resumed on $ranks_now" complete $ranks_now "killed-$which"
    ok "  same bits" same "whole-$which" "killed-$which"
    ok "  same figures and files" alike "whole-$which" "killed-$which"
    [ $k -lt $((2 * n_method)) ] || rm -rf killed-*
done
echo "# $n_killed kills:"
sort moments 2>/dev/null | uniq -c | sed 's/^/# /'

# Damage.  A toy problem that is killed once it has two checkpoints.
settings 0
for try in $(seq 20); do # not at its end, and not while it renames
    rm -rf base
    start 1 base
    started base checkpoint.previous 1
    ! slay || [ ! -s base/checkpoint ] || break
done
[ -d "whole-$which" ] || exits 0 "$which" on 1 run $set_to --out "whole-$which"
size=$(wc -c <base/checkpoint)
for i in $(seq "$n_damage"); do
    for how in cut flipped; do
        rm -rf damaged
        cp -r base damaged
        draw "$size"
        at=$drawn
        if [ $how = cut ]; then
            head -c "$at" base/checkpoint >damaged/checkpoint
        else
            draw 8
            byte=$(od -An -tu1 -j "$at" -N 1 base/checkpoint)
            printf "\\$(printf %o $((byte ^ (1 << drawn))))" |
                dd of=damaged/checkpoint bs=1 seek="$at" conv=notrunc 2>/dev/null
        fi
        exits 0 "checkpoint of $size bytes, $how at $at" on 1 run $set_to --out damaged --resume
        says "is damaged"
        says "continuing from the previous one"
        ok "  same bits" same "whole-$which" damaged
        ok "  same figures and files" alike "whole-$which" damaged
    done
done
finish
