#!/bin/sh
# Help, and everything else that is made from the table of verbs.
. "$(dirname "$0")/tap.sh"

exits 2 "without arguments" on 1
says "usage: gossipbench VERB"
exits 0 "--version" on 1 --version
says "gossipbench 0."

# Every verb: its options are listed, it has an example, and nothing is wider than a terminal.
"$program" --help | sed -n 's/^  \([a-z][a-z-]* *[a-z]*\)  .*/\1/p' >verbs
ok "verbs are listed" test "$(wc -l <verbs)" -ge 15
fits() { [ "$(awk '{ print length }' "$1" | sort -n | tail -n 1)" -le 79 ]; }
while read -r verb; do
    "$program" $verb --help >help
    cp help said
    grep -q '^Example:' help && grep -q "^  gossipbench $verb" help && grep -q '^  --root DIR' help &&
        head -n 1 help | grep -q "^usage: gossipbench $verb" && fits help
    report $? "$verb --help"
done <verbs
exits 0 "the verbs about data" on 1 data --help
says "  data preview "
exits 0 "an option with its default" on 1 table --help
says "  --format md|csv|latex"
says "what to print (default: md)"

# A missing operand is named, with the possible values.
mkdir experiments && cp -r "$root"/experiments/table*.json "$root"/experiments/rates experiments
exits 2 "a sweep of nothing" on 1 sweep
says "sweep needs EXPERIMENT: one of table1, table2-cifar, "
exits 2 "a graph is missing" on 1 topology
says "topology needs GRAPH: one of complete, "
exits 2 "an option is missing" on 1 grad --in x.npz --out y.npz
says "grad needs --model MODEL: one of "

# The names of a kind, and the description of one of them.
exits 0 "all kinds of plug-in and key" on 1 info
for kind in algorithms topologies models datasets partitions problems experiments keys; do
    "$program" info $kind >list 2>said
    fits list && [ "$(wc -l <list)" -ge 3 ]
    report $? "info $kind"
done
exits 0 "a method" on 1 info algorithm qg-dsgdm-n
says "quasi-global momentum, Nesterov"
says "algorithms/qg_dsgdm.c:"
says "quasi-global momentum (Lin, Karimireddy, Stich and Jaggi:"
says "(default: 0.9; 0 to 1)"
exits 0 "a graph with a parameter" on 1 info topology base-3
says "NeurIPS 2023"
exits 0 "a network" on 1 info model resnet20-gn
says "He et al. 2016"
exits 0 "a key" on 1 info key batch-size
says "samples per worker and step (default: 32; whole, 1 to"
exits 0 "an experiment" on 1 info experiment table1
says "18 runs over alpha, algorithm and seeds"
exits 2 "no such kind" on 1 info algoritm
says "there is no kind 'algoritm' (did you mean 'algorithm'?)"
exits 2 "no such method" on 1 info algorithm qg-dsgdm-m
says "unknown algorithm 'qg-dsgdm-m' (did you mean 'qg-dsgdm-n'?)"
exits 2 "no such key" on 1 info key bach-size
says "unknown key 'bach_size' (did you mean 'batch_size'?)"
for verb in sweep table; do
    exits 1 "$verb of an experiment that is not there" on 1 $verb tabel1
    says "(did you mean 'table1'?)"
done
ok "all methods, graphs and others have an explanation" sh -c '
    for kind in algorithm topology partition problem dataset; do
        "$0" info $kind | sed -n "s/^  \([a-z][^ [<]*\).*/\1/p" | while read -r name; do
            "$0" info $kind "$name" | grep -q "^[a-z_/0-9]*\.c:$" || { echo "$kind $name" && exit 1; }
        done || exit 1
    done' "$program"

# Keys that nothing reads.
exits 0 "a parameter of another method" on 1 run --dataset quadratic --epochs 2 --warmup-epochs 0 \
    --beta1 0.5
says "warning: beta1 is ignored: none of quadratic, qg-dsgdm-n, ring and dirichlet takes it; it is for dadam"
exits 0 "keys that this run reads" on 1 run --dataset quadratic --epochs 2 --warmup-epochs 0 --mu 0.5 \
    --checkpoint-every 1
cp said list
exits 1 "  no warning" grep warning list

# The examples that need neither given files nor the network run as written.
rm -r experiments && mkdir experiments && cp "$root"/experiments/toy-quadratic.json experiments
PATH=${program%/*}:$PATH
while read -r verb; do
    case $verb in export | evaluate | grad | quadratic | data\ get | data\ check) continue ;; esac
    case $verb in plot | data\ preview) needs=gnuplot ;; man) needs='man' ;; *) needs='sh' ;; esac
    command -v $needs >/dev/null || { skip "the example of $verb" "needs $needs" && continue; }
    example=$("$program" $verb --help | sed '1,/^Example/d')
    [ "$verb" != cost ] || ln -s "$root/results/expected" results/expected # it reads committed results
    exits 0 "the example of $verb" sh -c "$example"
    rm -f results/expected
done <verbs

# Completion, as bash asks for it, and as zsh does.
mkdir -p experiments && cp -r "$root"/experiments/table*.json "$root"/experiments/rates experiments
completes() { # WORDS... : the last is what has been typed of a word; said has what is offered
    ok "completion of: $*" bash -c 'eval "$(gossipbench completion bash)" && compopt() { :; } &&
        COMP_WORDS=(gossipbench "$@") COMP_CWORD=$# && _gossipbench && printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}
completes d
says data
completes data pre
says preview
exits 0 "  reading nothing behind a name" "$root/build/san/gossipbench" complete data pre
completes sweep table1
says table1
completes sweep table1 --dry-run --ti
says --tier
completes sweep table1 --tier st
says standard
completes run --algorithm qg-dsgdm-
says qg-dsgdm-n
completes run --algorithm = qg-dsgdm-
says qg-dsgdm-n
completes run --lazy tr
says true
completes run --batch-s
says --batch-size
completes run --set batch_s
says batch_size=
completes topology eq
says equidyn
if command -v zsh >/dev/null; then
    ok "completion for zsh" zsh -fc 'compdef() { echo compdef $*; }; _describe() { print -l -- $found; }
        eval "$(gossipbench completion zsh)"; words=(gossipbench topology ring -) CURRENT=4; _gossipbench'
    says "--plot:draw"
else
    skip "completion for zsh" "needs zsh"
fi
exits 2 "no such shell" on 1 completion fish
says "completion is for bash or zsh, not 'fish'"

exits 0 "the manual page" on 1 man
says ".SS data preview"
says "(default: 0.9)"
if command -v groff >/dev/null; then
    gossipbench man >page
    ok "groff finds nothing wrong in it" sh -c 'test -z "$(groff -man -ww -z -Tutf8 page 2>&1 | tee /dev/stderr)"'
else
    skip "groff finds nothing wrong in it" "needs groff"
fi
finish
