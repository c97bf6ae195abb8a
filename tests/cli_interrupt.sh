#!/bin/sh
# Runs that end early: signals in a round or in an evaluation, divergence, and a full disk.
. "$(dirname "$0")/tap.sh"
settings toy.json --dataset quadratic --workers 4 --lr 0.05 --warmup-epochs 0 --milestones [] --eval-every 1000
toy=toy.json

for signal in HUP PIPE XCPU USR1 USR2; do
    exits 75 "SIG$signal" interrupt $signal $signal "$program" run $toy --epochs 1000000 \
        --out $signal
    ok "  a checkpoint is left" test -s $signal/checkpoint
done
nohup "$program" run $toy --epochs 30000 --out nohup </dev/null >/dev/null 2>&1 &
started nohup metrics.csv 2
kill -s HUP $!
wait $!
report $? "a SIGHUP that nohup ignores stays ignored"
first_line() { # the exit code of a run whose reader leaves after the first line
    { "$program" run $toy --epochs 1000000 --out head; echo $? >code; } | head -n 1
    cat code
}
ok "run | head -n 1" first_line
says "75"
ok "  a checkpoint is left" test -s head/checkpoint

# An evaluation that takes seconds is abandoned at once, and made when the run continues.
n_image=10000
[ "${CLI_VARIANT:-}" != san ] || n_image=1000
small="--dataset synthetic-images --train-limit 128 --test-limit $n_image --model resnet8-bn --workers 4
    --batch-size 16 --epochs 1 --lr 0.05 --warmup-epochs 0"
exits 0 "an evaluation" on 1 run $small --out whole
in_evaluation() {
    "$program" run $small --out cut </dev/null &
    started cut metrics.csv 1
    sleep 1
    begin=$(date +%s%N)
    kill -s INT $!
    wait $!
    code=$? took=$((($(date +%s%N) - begin) / 1000000))
    echo "code $code after $took ms"
    [ $took -lt $((1500 * run_limit / 120)) ] || return 1
    return $code
}
exits 75 "  is interrupted within a second" in_evaluation
ok "  its row is not made" test "$(wc -l <cut/metrics.csv)" -eq 1
exits 0 "  and made on 2 ranks" on 2 run $small --out cut --resume
ok "  same bits" same whole cut

# Divergence: a loss that is not finite, or far above that of the start.
for ranks in 1 2; do
    exits 4 "a loss that grows, $ranks ranks" on $ranks run $toy --algorithm dsgd \
        --lr 2.5 --eval-every 5 --epochs 100 --out grown-$ranks
    ok "  status diverged" status_is grown-$ranks diverged
    ok "  long before it is infinite" awk -F, 'END { exit !(NR > 2 && $4 < 1e9) }' grown-$ranks/metrics.csv
done
ok "  same bits" same grown-1 grown-2
exits 4 "  is not run again" on 1 run $toy --algorithm dsgd --lr 2.5 --eval-every 5 \
    --epochs 100 --out grown-1
says "this run has diverged; it is not run again"
exits 4 "a loss that is not finite" on 1 run $toy --lr 2.5 --epochs 1000 --out infinite
exits 0 "a loss 6 times that of the start is none" on 1 run $toy --dataset rosenbrock \
    --lr 0.002 --algorithm sgdm-n --momentum 0.9 --epochs 100 --eval-every 1 --out rosenbrock

# A disk that says only at the end that it is full, as one of another host may: the run has failed.
cat >late.c <<'END'
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
int fsync(int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof(path) - 1);
    path[n > 0 ? n : 0] = '\0';
    errno = ENOSPC;
    return strstr(path, "/metrics.csv") && !strstr(path, ".part") ? -1 : 0;
}
END
if [ "${CLI_VARIANT:-}" = san ]; then
    skip "a disk that is full in the end" "sanitizers want to be loaded first"
elif cc -shared -fPIC -o late.so late.c 2>/dev/null; then
    exits 1 "a disk that is full in the end" env LD_PRELOAD="$PWD/late.so" timeout $run_limit "$program" run $toy --epochs 5 --out late
    says "late/metrics.csv: writing failed: No space left on device"
    ok "  status failed" status_is late failed
    exits 0 "  it can be made again" on 1 run $toy --epochs 5 --out late
else
    skip "a disk that is full in the end" "there is no compiler"
fi

# A full disk, which leaves room for some of the files.
release() {
    umount "$temp/disk" 2>/dev/null
}
failed_tidily() {
    ls disk/run
    status_is disk/run failed && [ -z "$(ls disk/run/*.part* 2>/dev/null)" ]
}
mkdir disk
toy="$toy --epochs 4000 --checkpoint-every 1000"
for case in "12 the first checkpoint --dim 200" "48 the second checkpoint --dim 200" \
    "12 path.csv --dim 2 --eval-every 10" "64 the rows --dim 2 --eval-every 10"; do
    what="a full disk: ${case#* }" settings="$toy --${case#*--}"
    if ! mount -t tmpfs -o "size=${case%% *}k" none disk 2>why; then
        skip "$what" "a file system cannot be mounted: $(head -n 1 why)"
        continue
    fi
    exits 1 "$what" on 1 run $settings --out disk/run
    says "No space left on device"
    ok "  status failed, no part of a file" failed_tidily
    mount -o remount,size=1m disk
    on 1 run $settings --out room --replace >said 2>&1
    exits 0 "  there is room again" on 1 run $settings --out disk/run --resume
    ok "  same bits" same room disk/run
    release
done
finish
