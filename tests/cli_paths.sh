#!/bin/sh
# Where files are looked for and written, paths that are too long, and output that cannot be written.
. "$(dirname "$0")/tap.sh"
toy="--dataset consensus --workers 2 --epochs 2 --warmup-epochs 0 --milestones [] --lr 0.1"
there() { # PATTERN: exactly one such file
    ls -d $1 >"$temp/said" 2>&1 && [ "$(ls -d $1 | wc -l)" -eq 1 ]
}

# A tree of its own, so that the checkout's results/ stay as they are.
mkdir -p tree/experiments tree/build other/experiments other/datasets empty/results
cp "$program" tree/build/gossipbench
cp "$root/experiments/toy-quadratic.json" tree/experiments
ours="env -u GOSSIPBENCH_ROOT $temp/tree/build/gossipbench"

exits 0 "a run from /" sh -c "cd / && exec $ours run $toy"
ok "  its results are in the program's tree" there "tree/results/runs/single/*/manifest.json"
exits 0 "a run from a folder with experiments/" sh -c "cd other && exec $ours run $toy"
ok "  its results are there" there "other/results/runs/single/*/manifest.json"
exits 0 "a run from a folder with results/ only" sh -c "cd empty && exec $ours run $toy --seed 2"
ok "  its results are in the program's tree" there "tree/results/runs/single/*-s2-*/manifest.json"
exits 0 "a sweep from /" sh -c "cd / && exec $ours sweep toy-quadratic --tier smoke"
ok "  its results are in the program's tree" test -e tree/results/runs/toy-quadratic/smoke.json
exits 0 "again, from elsewhere" sh -c "cd empty && exec $ours sweep toy-quadratic --tier smoke"
says "0 run now"
for command in "--root other run" "run --root other" "run --root=other" "run --momentum 0.8 --root other"; do
    exits 0 "$command" $ours $command $toy
    says "other/results/runs/single/qg-dsgdm-n_ring-s1"
done
exits 0 "the environment's root" env GOSSIPBENCH_ROOT=other tree/build/gossipbench run $toy
says "other/results/runs/single/"
exits 0 "--root over the environment" \
    env GOSSIPBENCH_ROOT=other tree/build/gossipbench --root tree run $toy
says "tree/results/runs/single/"
exits 0 "a sweep below a root" $ours sweep toy-quadratic --tier smoke --root tree
says "0 run now"
exits 0 "data are below it" $ours info --root other
says "other/datasets/data"
exits 1 "an experiment that is not there" $ours sweep none --root other
says "other/experiments/none.json: cannot be read"
exits 2 "a root that is not there" $ours run $toy --root nowhere
says "nowhere: is not a folder, so it cannot be the root"
exits 2 "a root that is not there, in the environment" env GOSSIPBENCH_ROOT=nowhere "$program" info
exits 2 "a root without a value" $ours run --root
says "--root needs a value"
for verb in run sweep info topology data; do
    exits 0 "$verb --help" $ours $verb --help
    says "--root DIR"
done

# Paths that do not fit are refused, not cut.
long=$(printf '%0210d/' 1 2 3 4 5)
exits 2 "a folder of ${#long} characters" on 1 run $toy --out "$long"
says "...: the path is longer than 1023 characters"
ok "  one sentence" test "$(grep -c ^gossipbench: said)" -eq 1
ok "  nothing is made" test ! -e "${long%%/*}"
exits 2 "on two ranks" on 2 run $toy --out "$long"
fits=${long%/*/*}
exits 0 "a folder of ${#fits} characters" on 1 run $toy --out "$fits"
ok "  its manifest is in it" test -s "$fits/manifest.json"
edge=$(printf '%0250d/' 1 2 3 4)
exits 0 "several seeds in a folder of ${#edge} characters" on 1 run $toy --seeds 1,2 --out "$edge"
ok "  their index is in it" test -s "$edge/seeds.json"
exits 0 "as a root" on 1 run $toy --root "$fits"
ok "  its results are in it" there "$fits/results/runs/single/*/manifest.json"
exits 0 "as a folder of data" on 1 data generate ag_news --train-limit 20 --test-limit 20 --out "$fits"
exits 0 "that is read" on 1 partition --dataset ag_news --data-dir "$fits" --workers 2

# Every verb fails if its output cannot be written.
full() { # VERB ...
    exits 1 "$1 to a full disk" sh -c 'cd tree && "$@" >/dev/full' - "$program" "$@"
    says "gossipbench: standard output cannot be written, so it is incomplete"
}
small="--dataset synthetic-images --train-limit 160 --test-limit 50 --workers 4"
full --help
full run --help
full run $toy
full sweep toy-quadratic --tier smoke
full sweep toy-quadratic --tier smoke --list
full table toy-quadratic --tier smoke
full compare toy-quadratic --tier smoke
full info
full topology ring
full partition $small
full data check synthetic-images
full data generate cifar10 --out generated --train-limit 100
if command -v gnuplot >/dev/null; then
    full plot toy-quadratic --tier smoke
    full data preview synthetic-images --out sheet.png
fi
(cd tree && "$program" table toy-quadratic --tier smoke --save >/dev/null)
full report

# A file that would be larger than the process may write is a failure as well, not a signal's end.
exits 1 "run beyond the limit of a file's size" sh -c 'ulimit -f 1 && exec "$@"' - "$program" run $toy --out limited
says "limited/manifest.json: writing failed: File too large"
ok "  nothing is left half" sh -c '! ls limited/*.part*'

# Steps are counted in 31 bits.
settings counted.json --dataset synthetic-images --topology complete --partition iid \
    --test-limit 10 --batch-size 1 --model resnet8-gn
for ranks in 1 2; do
    exits 2 "too many steps, $ranks ranks" \
        on $ranks run counted.json --out counted --workers $ranks --train-limit $((2150 * ranks)) --epochs 1000000
    says "1000000 epochs of 2150 steps are more than 2147483647 steps: take fewer epochs or a larger"
done
ok "  nothing looks like a result" test ! -e counted/manifest.json
finish
