#!/bin/sh
# The commands in README.md, REPRODUCE.md and docs/*.md work.  A command is a line of a code block, or a `command`
# in the text, that begins with build/gossipbench, make, mpirun, scripts/, python3 or Rscript.
#   make TARGET is only tried with -n.
#   A command with a place to fill in, such as NAME, DIR or [--tier TIER], cannot be typed as it stands.
#   <!-- not run: REASON --> before a block or in a line: its commands are skipped.
#   <!-- run with: WORDS --> in the same places: they get more words, which make them short.
# docs/adding.md and docs/experiments.md have tests of their own, tests/cli_adding.sh and cli_experiment.sh.
# The catalogue has every plug-in, and the file of each method cites its source.
# Means and gains of README.md, and means of REPRODUCE.md, are those of results/README.md.
. "$(dirname "$0")/tap.sh"

# The commands of a page: LINE, the mark (or -) and the command, separated by tabs.
commands() { # PAGE
    awk '
    function is_command(text) {
        return text ~ /^(build\/gossipbench |make( |$)|mpirun .*gossipbench|scripts\/[a-z-]+\.sh |python3 |Rscript )/
    }
    function tell(text) { if (is_command(text)) printf "%d\t%s\t%s\n", NR, here ? here : "-", text }
    {
        here = ""
        if (match($0, /<!-- (not run|run with): .* -->/)) {
            here = substr($0, RSTART + 5, RLENGTH - 9)
            if (RSTART == 1) mark = here
        }
    }
    /^(    |```)/ && !/^        / { if (!in_block) block = mark; in_block = 1; here = block; mark = "" }
    /^```/ { fence = !fence; next }
    fence || /^    / { line = line $0; sub(/^ +/, "", line)
        if (sub(/ *\\$/, " ", line)) next
        here = block; tell(line); line = ""; next }
    /^$/ { next }
    { in_block = 0; block = ""; if (here == "") here = mark; if (!/^<!--/) mark = ""
        n = split($0, span, "`")
        for (i = 2; i < n; i += 2) tell(span[i]) }' "$1"
}
# Whether there is a place to fill in.
has_place() {
    echo "$1" | sed 's/#.*//; s/\[\]//g' | tr ' ' '\n' | grep -qE '^([A-Z]+(\.[a-z]+)?|.*[][].*|[A-Z]+=)$'
}

# A tree of its own: what commands write does not get into the checkout.
mkdir -p build results datasets
ln -s "$root/build/release" build/release && ln -s release/gossipbench build/gossipbench
ln -s "$root/experiments" "$root/scripts" "$root/Makefile" .
ln -s "$root/results/expected" "$root/results/published" results
ln -s "$root/datasets/contents.csv" "$root/datasets/fetch.sh" datasets
has_fashion=$([ -d /usr/share/datasets/fashion-mnist ] && echo 1)

# Skip a command, and remember why the files that it names may not be there.
: >unmade
leave_out() { # PLACE COMMAND REASON
    skip "$1: $2" "$3"
    files_of "$2" | while read -r file; do echo "$file $3"; done >>unmade
}
files_of() { # COMMAND
    echo "$1" | grep -oE '[A-Za-z0-9_-]+\.(npz|safetensors|csv)'
}
# Why a command lacks a file: the reason for which another that names it was skipped.
lacks() { # COMMAND
    files_of "$(echo "$1" | sed -E 's/(--out|>) *[^ ]+//')" | while read -r file; do
        [ -e "$file" ] || sed -n "s/^$file /without $file: /p" unmade
    done | head -n 1
}
try() { # PLACE MARK COMMAND
    why=$(lacks "$3")
    [ -z "$why" ] || { leave_out "$1" "$3" "$why" && return; }
    case $2,$3 in
    "not run: "*) leave_out "$1" "$3" "${2#not run: }" ;;
    *,make*)
        targets=$(echo "$3" | sed 's/#.*//; s/^make//')
        # shellcheck disable=SC2086 # targets are words
        exits 0 "$1: $3" make -n --no-print-directory -C "$root" $targets
        ;;
    *python3*)
        module=torch
        case $3 in *pandas*) module=pandas ;; esac
        if /usr/bin/python3 -c "import $module" 2>/dev/null; then
            run_it "$1" "$2" "/usr/bin/$3"
        else
            leave_out "$1" "$3" "/usr/bin/python3 has no $module"
        fi
        ;;
    *Rscript*)
        if command -v Rscript >/dev/null; then run_it "$@"; else leave_out "$1" "$3" "R is not here"; fi
        ;;
    *fashion-mnist*)
        if [ "$has_fashion" ]; then run_it "$@"; else leave_out "$1" "$3" "Fashion-MNIST is not here"; fi
        ;;
    *) run_it "$@" ;;
    esac
}
run_it() { # PLACE MARK COMMAND
    more=
    [ "$2" = - ] || more=${2#run with: }
    exits 0 "$1: $3" timeout $run_limit sh -c "$3 $more" </dev/null
}

for page in README.md REPRODUCE.md $(cd "$root" && echo docs/*.md); do
    case $page in docs/adding.md | docs/experiments.md) continue ;; esac
    commands "$root/$page" >list
    while IFS='	' read -r line mark command; do
        has_place "$command" || try "$page:$line" "$mark" "$command"
    done <list
done

for kind in algorithms:Methods topologies:Graphs models:Networks loaders:'Data sets' partitions:Partitions \
    problems:'Toy problems'; do
    sed -n "/^## ${kind#*:}/,/^## /p" "$root/docs/catalogue.md" >section
    sed -n 's/^REGISTER("\([^"]*\)".*/\1/p' "$root/${kind%%:*}/list.h" | while read -r name; do
        escaped=$(echo "$name" | sed 's/[][|+.*^$?(){}]/\\&/g')
        grep -qE "^\|([^|]*, | )$escaped( \([0-9]+\))?(,| \|)" section ||
            echo "$name is not in docs/catalogue.md, ${kind#*:}"
    done
done >said
for file in $(grep -l 'const struct algorithm algorithm_.* =' "$root"/algorithms/*.c); do
    sed '/\*\//q' "$file" | grep -qE '\b(19|20)[0-9][0-9]\b' || echo "$file opens without a source"
done >>said
[ ! -s said ]
report $? "the catalogue has every plug-in, and the file of each method cites its source"

# The numbers A ± B and the gains A [B, C] of a page, as results/README.md has them.
means() { # PAGE
    grep -oE '[0-9]+\.[0-9]+ ± [0-9]+\.[0-9]+' "$root/$1"
}
gains() { # PAGE
    sed 's/−/-/g' "$root/$1" | grep -oE '[+-][0-9.]+ \[[0-9.-]+, [0-9.-]+\]' |
        sed -E 's/([[ ])([0-9])/\1+\2/g; s/ \[(.*), (.*)\]/ points, 95 % interval \1 to \2/'
}
{ means README.md && means REPRODUCE.md && gains README.md; } >list
while read -r figure; do
    grep -qF -- "$figure" "$root/results/README.md" || echo "results/README.md has no $figure"
done <list >said
[ ! -s said ] && [ -s list ]
report $? "means and gains are those of results/README.md"
report "$((n_test < 20))" "the pages have commands, $n_test of them without places to fill in"
finish
