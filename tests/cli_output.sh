#!/bin/sh
# Every verb writes the files that a user asks for in the same way: through links, into pipes and
# devices, with the mode of the old file or the umask's; and no folder is made at the root of the
# file system.
. "$(dirname "$0")/tap.sh"
ln -s "$root/experiments" experiments
umask 027
small="--dataset synthetic-images --train-limit 40 --test-limit 20 --workers 2 --partition iid"
inputs="--in $root/tests/golden/inputs.npz --out" # of a tiny text network, and of four quadratics
figures=results/figures tables=results/tables

# The table: what is written, whether gnuplot draws it, and the command, where @ stands for the file.
cat >table.txt <<END
split.csv       -  partition $small --out @
split.png       g  partition $small --plot @
W.npz           -  topology ring --out @
ring.png        g  topology ring --plot @
sheet.png       g  data preview synthetic-images --out @
mine.npz        -  grad --model textcnn-v4-e1-c1 $inputs @
path.npz        -  quadratic --algorithm dsgd --topology ring --workers 4 $inputs @
results/report.html - report --out @
results/README.md - report --markdown --from results/runs --out @
$tables/toy-quadratic-smoke.csv - table toy-quadratic --tier smoke --save
$tables/toy-quadratic-smoke-verdict.csv - compare toy-quadratic --tier smoke --save
$figures/toy-quadratic-smoke-bars.png g plot toy-quadratic --tier smoke
END
if mknod full c 1 7 2>/dev/null; then
    device=$temp/full
else
    device=/dev/full # only root can replace that
fi

writes() { # CODE: the command has this exit code
    timeout $run_limit "$program" $command </dev/null >said 2>&1
    got=$?
    echo "exit code $got, expected $1" >>said
    [ $got -eq "$1" ]
}
mode_is() {
    mode=$(stat -L -c %a "$file")
    echo "mode $mode, expected $1" >>said
    [ "$mode" = "$1" ]
}
whole() { # FILE: it holds what the new file did
    cmp "$1" whole >>said 2>&1
}
# The ways of the table: each prepares $file, lets the command write it, and looks at it.
to_new() {
    writes 0 && mode_is 640 && cp "$file" whole && [ -s whole ]
}
to_old() {
    echo old >"$file" && chmod 604 "$file"
    writes 0 && mode_is 604 && whole "$file"
}
to_link() {
    mkdir there && echo old >there/keep && chmod 600 there/keep && ln -s "$temp/there/keep" "$file"
    writes 0 && [ -L "$file" ] && whole there/keep && mode_is 600
}
to_link_to_nothing() {
    mkdir there && ln -s "$temp/there/keep" "$temp/link" && ln -s "$temp/link" "$file"
    writes 0 && [ -L "$file" ] && [ -L link ] && whole there/keep && mode_is 640
}
to_second_name() {
    echo old >keep && ln keep "$file"
    writes 0 && [ keep -ef "$file" ] && whole keep
}
to_pipe() {
    mkfifo "$file"
    timeout $run_limit cat "$file" >got &
    writes 0
    report_of=$?
    wait $!
    [ $report_of -eq 0 ] && [ -p "$file" ] && whole got
}
to_device() {
    ln -s "$device" "$file"
    writes 1 && [ -c "$device" ] && [ -L "$file" ] && grep -q "$file: writing failed: No space" said
}

on 1 sweep toy-quadratic --tier smoke >said
mkdir -p results/published $tables $figures
report $? "a sweep"
while read -r file drawn command; do
    [ "$drawn" = - ] || command -v gnuplot >/dev/null || continue
    command=$(echo "$command" | sed "s|@|$file|")
    for way in new old link link_to_nothing second_name pipe device; do
        rm -rf "$file" there link keep
        : >said
        to_$way
        report $? "${command%% -*}: $file, $way"
    done
    rm -f "$file"
done <table.txt
find . -name '*.part*' >said
[ ! -s said ]
report $? "nothing else is left"

# The standard output is one of them, with what was printed before.
ok "to the standard output" sh -c '"$@" --out /dev/stdout >both' - "$program" partition $small
ok "  both are there" sh -c 'grep -q "^split sha256" both && grep -q "^worker,index" both'
ok "  none over the other" test "$(grep -c '^[01],' both)" -eq 40
exits 1 "a folder" "$program" partition $small --out results
says "results: cannot be written: Is a directory"
exits 1 "a link to itself" sh -c 'ln -s turn turn && "$@" --out turn' - "$program" partition $small
says "turn: cannot be written: Too many levels of symbolic links"

# No command reads and writes the same file, which would be lost.
settings small.json $small --model resnet8-gn-w1 --epochs 1 --batch-size 16 --warmup-epochs 0 --lr 0.05
exits 0 "a run to read" on 1 run small.json --save-model true --out trained
exits 0 "  its parameters" on 1 export trained --out a.npz
exits 0 "  in the other format" on 1 export trained --out a.safetensors
exits 0 "  its samples' places" on 1 partition small.json --out split.csv
exits 0 "a graph to read" on 1 topology ring -n 4 --out W.npz
cp "$root/tests/golden/inputs.npz" in.npz
ln -s a.npz other.npz
cat >table.txt <<END
a.npz                     evaluate a.npz --out a.npz
a.npz                     evaluate a.npz --out other.npz
a.npz                     export a.npz --out a.npz
a.safetensors             export a.safetensors --out ./a.safetensors
trained/model.safetensors export trained --out trained/model.safetensors
small.json                partition small.json --out small.json
small.json                data export small.json --out small.json
split.csv                 partition small.json --partition file --partition-file split.csv --out split.csv
W.npz                     topology file:W.npz --out W.npz
W.npz                     topology file:W.npz --plot W.npz
in.npz                    grad --model textcnn-v4-e1-c1 --in in.npz --out in.npz
in.npz                    quadratic --algorithm dsgd --topology ring --workers 4 --in in.npz --out in.npz
trained/model.safetensors run small.json --init-from trained/model.safetensors --replace --out trained
trained/split.csv         run small.json --partition file --partition-file trained/split.csv --replace --out trained
END
while read -r file command; do
    cp "$file" kept
    exits 2 "$command" on 1 $command
    says "$file: is read by this command, which therefore cannot write it"
    ok "  the file is as it was" cmp "$file" kept
done <table.txt
exits 2 "on two ranks" on 2 quadratic --algorithm dsgd --topology ring --workers 4 --in in.npz --out in.npz
says "in.npz: is read by this command"

# A run removes and replaces no file that may be of no run.
mkdir mine && cp a.safetensors mine/model.safetensors && echo mine >mine/metrics.csv
exits 1 "a folder with a file that a run also has" on 1 run small.json --out mine
says "mine/metrics.csv: would be replaced, though there is no manifest.json to say that it is of a run"
ok "  it is as it was" grep -q mine mine/metrics.csv
rm mine/metrics.csv
exits 1 "parameters to start from" on 1 run small.json --init-from mine/model.safetensors --out mine
says "mine/model.safetensors: would be replaced"
ok "  they are as they were" cmp a.safetensors mine/model.safetensors
exits 0 "  with --replace" on 1 run small.json --out mine --replace
echo '{"name": "of another program"}' >mine/manifest.json
exits 1 "a manifest of another program" on 1 run small.json --out mine
says "mine/manifest.json: is not of a run"
exits 0 "several seeds" on 1 run small.json --seeds 1,2 --out seeds
cp seeds/seeds.json kept
exits 1 "  with other settings" on 1 run small.json --seeds 1 --lr 0.02 --out seeds
says "seeds/s1: holds a run of another configuration"
ok "  their index is as it was" cmp seeds/seeds.json kept

# Folders: through links, and none at the root.
mkdir far && ln -s far near
exits 0 "a run into a link" "$program" run $small --model resnet8-gn --batch-size 20 --epochs 0 --out near/run
ok "  it is there" test -s far/run/manifest.json
exits 0 "data into a link" "$program" data generate ag_news --train-limit 20 --test-limit 20 --out near
ok "  they are there" test -s far/ag_news_csv/train.csv
top=/gossipbench-test-$$
toy="--dataset consensus --workers 2 --epochs 2 --warmup-epochs 0 --milestones [] --lr 0.1"
exits 1 "a run at the root" "$program" run $toy --out $top
says "$top: is not made, as it would stand at the root of the file system"
exits 1 "below a folder at the root" "$program" run $toy --out $top/a/b
exits 1 "data at the root" "$program" data generate ag_news --train-limit 20 --test-limit 20 --out $top
exits 1 "data in the root" "$program" data generate ag_news --train-limit 20 --test-limit 20 --out /
exits 1 "figures at the root" "$program" plot toy-quadratic --tier smoke --out $top
if [ -e /results ]; then
    skip "results of the root" "there is a /results"
else
    mv experiments elsewhere && cp "$program" alone
    exits 1 "results of the root" sh -c 'cd / && exec env -u GOSSIPBENCH_ROOT "$@"' - "$temp/alone" run $toy
    says "results: is not made"
    [ ! -e /results ]
    report $? "  there is no /results"
fi
ls -d $top /ag_news_csv /.ag_news_csv* >said 2>/dev/null
[ ! -s said ]
report $? "no folder has been made there"
rm -rf $top
finish
