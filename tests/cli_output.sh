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
