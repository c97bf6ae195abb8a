#!/bin/sh
# The code of docs/adding.md is added to a copy of the tree, built and run.
# A code block belongs to the file named above it, after one of these words in bold: New file,
# Append to, Change (lines with + are added beside the others).  Blocks of sh are run in the copy.
. "$(dirname "$0")/tap.sh"
page=$root/docs/adding.md
copy=$temp/tree
mkdir blocks "$copy" "$copy/build"

# The blocks of the page, numbered, and in blocks/list for each: ACTION PATH NUMBER.
split_page() {
    awk '
    /^\*\*(New file|Append to|Change)\*\* `[^`]+`$/ {
        action = /^\*\*New/ ? "new" : /^\*\*App/ ? "append" : "change"
        split($0, part, "`"); path = part[2]
        if (action == "new" && path ~ /^nn\//) action = "layer" # declared by a change
        next
    }
    /^```/ && !inside {
        inside = sprintf("blocks/%02d", ++n)
        if ($0 == "```sh") {
            action = "run"
            path = "-"
        }
        if (!action) { print "the block in line " NR " has no file"; bad = 1 }
        print action, path, inside >"blocks/list"
        printf "" >inside
        next
    }
    /^```$/ { close(inside); inside = action = ""; next }
    inside { print >inside }
    END { exit bad || inside != "" || n < 10 }' "$page"
}
# change FILE BLOCK: the text of the block without its + lines, which must be in the file just once,
# is replaced by the whole block.
change() {
    awk '
    FNR == NR { new = new substr($0, 2) "\n"; if (!/^\+/) old = old substr($0, 2) "\n"; next }
    { text = text $0 "\n" }
    END {
        at = index(text, old)
        rest = substr(text, at + length(old))
        if (!old || !at || index(rest, old)) exit 1
        printf "%s%s%s", substr(text, 1, at - 1), new, rest
    }' "$2" "$1" >changed && cat changed >"$1"
}
add() { # ACTION PATH BLOCK
    case $1 in
    new | layer) [ ! -e "$copy/$2" ] && cp "$3" "$copy/$2" ;;
    append) cat "$3" >>"$copy/$2" ;;
    change) change "$copy/$2" "$3" ;;
    esac
}
# Sources and objects keep their times, so that only what the page changes is compiled.
copy_tree() {
    for folder in "$root"/*/; do
        folder=${folder%/}
        case ${folder##*/} in
        build | results | datasets) ;;
        *) cp -a "$folder" "$copy" || return 1 ;;
        esac
    done
    cp -a "$root/Makefile" "$root/.clang-format" "$copy" && cp -a "$root/build/release" "$copy/build"
}
in_copy() {
    (cd "$copy" && "$@" </dev/null)
}
program=$copy/build/release/gossipbench

ok "the page's code is found" split_page
ok "a copy of the tree" copy_tree
# Earlier runs: a toy problem that takes seconds, by the program without the page's code.
exits 0 "runs of before" in_copy "$root/build/release/gossipbench" sweep toy-quadratic --tier smoke
add_all() { # ACTION...: their blocks
    while read -r action path block; do
        case " $* " in
        *" $action "*) ok "$action $path" add "$action" "$path" "$block" ;;
        esac
    done <blocks/list
}
add_all new append
ok "the plug-ins compile" in_copy nice make -s -j2
exits 0 "new plug-ins make no run stale" in_copy "$program" sweep toy-quadratic --tier smoke --dry-run
says "toy-quadratic smoke: 0 runs to make"
add_all layer change
# scripts/layers.sh has no more objections than without the page.
layers() {
    (cd "$root" && scripts/layers.sh) >before
    in_copy scripts/layers.sh | diff before -
}
ok "the sources include what they may" layers
if command -v clang-format >/dev/null; then
    for path in $(awk '$1 != "run" && $2 ~ /[.][ch]$/ && $2 !~ /list.h$/ { print $2 }' blocks/list); do
        ok "$path is formatted" in_copy clang-format --dry-run -Werror "$path"
    done
else
    skip "formatting" "there is no clang-format"
fi
ok "all compiles" in_copy nice make -s -j2
exits 0 "a new column makes runs stale" in_copy "$program" sweep toy-quadratic --tier smoke --dry-run
says "stale: train changed"
while read -r action path block; do
    [ "$action" != run ] || ok "$(head -n 1 "$block" | cut -c 1-80)" in_copy sh -e "$temp/$block"
done <blocks/list

# The new names and keys are known everywhere.
exits 0 "info" in_copy "$program" info
for name in dsgd-qhm 'ring-lattice-<k>' 'cnn-w<k>' mixed-sorted stl10; do
    says " $name"
done
for key in 'qhm_decay        0.999 ' 'qhm_nu           0.7 ' 'iid_fraction     0.1 '; do
    says "  $key"
done
exits 2 "a parameter out of range is refused" on 1 run --dataset quadratic --algorithm dsgd-qhm \
    --qhm-nu 2 --out refused
says "qhm_nu is '2', but must be a number from 0 to 1"
exits 2 "a graph that does not fit" on 1 topology ring-lattice-8 -n 16
says "n must be at least 17"
exits 2 "a graph's number that is none" on 1 topology ring-lattice-x -n 16
says "k must be a whole number from 1 to 1000"
exits 1 "a data set that is not there" on 1 data check stl10 --dir .
says 'stl10_binary: there is no such folder; "gossipbench data get stl10" says where it is'
cp -r "$copy/build/made" damaged && printf x >>damaged/stl10_binary/test_X.bin
exits 1 "a data set that is damaged" on 1 data check stl10 --dir damaged
says "stl10_binary/test_X.bin: 2764801 bytes are not"
exits 0 "a data set that is whole" on 1 data check stl10 --dir "$copy/build/made"
says "training: 200 images of 10 classes, 20 to 20 of each"
exits 2 "texts for a network of images" on 1 run --dataset synthetic-text --model cnn-w4 --out refused
says "reads images"

# All of it in one run, on any number of ranks.
all="run --dataset synthetic-images --train-limit 320 --test-limit 50 --model cnn-w2 --workers 7
    --batch-size 8 --epochs 1 --lr 0.05 --warmup-epochs 0 --milestones [] --algorithm dsgd-qhm
    --qhm-nu 0.5 --topology ring-lattice-2 --partition mixed-sorted --iid-fraction 0.25"
for ranks in 1 2; do
    exits 0 "everything new, $ranks ranks" on $ranks $all --out all-$ranks
done
ok "  same bits" same all-1 all-2
holds() { # FILE WORDS...
    file=$1
    shift
    for words; do
        tr -d ' \t' <"$file" | grep -qF -e "$words" || { echo "$file has no $words"; return 1; }
    done
}
ok "  the manifest has the parameters" holds all-1/manifest.json '"algorithm":"dsgd-qhm"' \
    '"qhm_nu":0.5' '"qhm_decay":0.999' '"topology":"ring-lattice-2"' '"partition":"mixed-sorted"' \
    '"iid_fraction":0.25' '"model":"cnn-w2"' '"consensus_distance_max":'
ok "  that of the data set has its files" holds "$copy/build/stl10/manifest.json" \
    '"dataset":"stl10"' 'stl10_binary/train_X.bin":' 'stl10_binary/test_y.bin":'
ok "  the last column is the new one" holds all-1/metrics.csv bytes_sent,consensus_distance_max
# By definition: the first step from m = 0 is (1 - nu decay) times that of dsgd; no sample twice; two
# workers are equally far from their mean.
toy="run --dataset quadratic --lr 0.1 --warmup-epochs 0 --milestones [] --checkpoint-every 0"
one="$toy --dim 1 --workers 1 --epochs 1"
first_step() {
    awk -F, '{ x[NR] = $4 } END { printf "%.6f\n", x[3] - x[2] }' "$1/path.csv"
}
exits 0 "a step of dsgd" on 1 $one --algorithm dsgd --out plain
exits 0 "a step of dsgd-qhm" on 1 $one --algorithm dsgd-qhm --qhm-nu 0.6 --qhm-decay 0.9 --out qhm
ok "  is as long as its equation says" awk "BEGIN { d = $(first_step qhm) - 0.46 * $(first_step plain)
    exit !($(first_step plain) != 0 && d * d < 1e-10) }"
exits 0 "a split" on 1 partition --dataset synthetic-images --train-limit 1000 --test-limit 100 \
    --workers 8 --partition mixed-sorted --iid-fraction 0.3 --out split.csv
ok "  of all samples, none twice" test "$(tail -n +2 split.csv | cut -d , -f 2 | sort -u | wc -l)" -eq 1000
exits 0 "two workers" on 1 $toy --workers 2 --lazy true --epochs 20 --eval-every 5 --out two
ok "  are equally far from the mean" awk -F, 'NR > 1 && !($11 > 0 && ($13 / $11 - 1) ^ 2 < 1e-10) {
    bad = 1 } END { exit bad || NR != 5 }' two/metrics.csv
ok "  of seven, one is farther" awk -F, 'NR > 1 && !($13 > $11 && $13 <= sqrt(7) * $11) { bad = 1 }
    END { exit bad || NR < 2 }' all-1/metrics.csv
ok "  other methods do not have them" holds "$copy/build/dsgd/manifest.json" '"algorithm":"dsgd"'
! grep -q qhm_ "$copy/build/dsgd/manifest.json"
report $? "  nor their keys"

# A table and a claim about the new column.
cat >"$copy/experiments/column.json" <<'END'
{ "title": "The farthest worker", "metric": ["consensus_distance_max"],
  "base": {"dataset": "consensus", "algorithm": "dsgd", "workers": 16, "lr": 0.1, "epochs": 5,
           "warmup_epochs": 0, "milestones": [], "checkpoint_every": 0},
  "axes": {"topology": ["ring", "ring-lattice-2"]}, "seeds": [1, 2],
  "claims": [{"better": {"topology": "ring-lattice-2"}, "than": {"topology": "ring"},
              "scope": "consensus_distance_max"}],
  "tiers": {"smoke": {}} }
END
if grep -q '"consensus_distance"' "$root"/report/*.c; then
    skip "a table of the new column" "report/ has a list of its own"
else
    exits 0 "an experiment about the new column" in_copy "$program" sweep column --tier smoke
    exits 0 "  its table" in_copy "$program" table column --tier smoke
    says "| topology | farthest worker |"
    exits 0 "  its verdict" in_copy "$program" compare column --tier smoke
    says "claims=reproduced:1"
fi

# The tests that the page promises.
for test in test_algorithms test_references test_topologies test_partition test_loaders test_forms; do
    ok "$test is built" in_copy nice make -s -j2 build/release/tests/$test
    ok "  it passes" in_copy build/release/tests/$test
done
finish
