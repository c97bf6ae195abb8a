#!/bin/sh
# Experiment files: comments, what `sweep --check` finds and where, the template of new-experiment,
# docs/experiment.schema.json, and every example of docs/experiments.md.
. "$(dirname "$0")/tap.sh"
mkdir experiments results
ln -s "$root/results/published" results
ln -s "$root/experiments/toy-quadratic.json" experiments

# A correct experiment, and changes by sed that make it wrong.
cat >right.json <<'END'
{
  "$schema": "docs/experiment.schema.json",
  "_why": "keys that begin with _ are comments, anywhere",
  "base": {
    "_of_the_base": ["any", "value"],
    "dataset": "quadratic", "lr": 0.1, "warmup_epochs": 0, "milestones": [], "epochs": 20, "workers": 8
  },
  "metric": "test_loss_mean",
  "axes": {"_": "", "topology": ["ring", "complete"], "algorithm": ["dsgd", "gt"]},
  "settings": [{"_": "", "when": {"algorithm": "gt"}, "set": {"lr": 0.05}}],
  "tune": {"seeds": [0, 100], "holdout": 0, "grid": [{"lr": [0.05, 0.1]}]},
  "seeds": [1, 2],
  "claims": [{"better": {"algorithm": "gt"}, "than": {"algorithm": "dsgd"}, "at": {"topology": "ring"},
              "scope": "test_loss_mean"}],
  "published": [{"paper": "Lin et al. 2021 (arXiv 2102.04761)", "table": "Table 1",
                 "scope": "test_loss_mean", "value": "last"}],
  "tiers": {"quick": {"title": "a trial"}, "standard": {"base": {"epochs": 40}}, "_draft": {"bse": {}}}
}
END
exits 0 "an experiment that is right" "$program" sweep right.json --check
says "right quick: 8 runs could start"
exits 0 "its tuning" "$program" sweep right.json --tune --check
says "right quick-tune: 16 runs could start"
exits 0 "its runs" "$program" sweep right.json --list
! grep -q _draft "$temp/said"
report $? "comments are left out"
[ ! -e results/runs ]
report $? "nothing is run or written"

# wrong SED WORDS: the changed experiment is refused with these words; refused: by the schema, too.
mkdir refused
n_wrong=0
wrong() {
    n_wrong=$((n_wrong + 1))
    sed "$1" right.json >wrong.json
    "$program" sweep wrong.json --check >said 2>&1
    [ $? -eq 2 ] && grep -qF -e "$2" said && ! cmp -s right.json wrong.json
    report $? "refused: $2"
}
refused() {
    wrong "$1" "$2"
    cp wrong.json "refused/$n_wrong.json"
}
refused 's/"lr": 0.1, "warm/"lr": "much", "warm/' "wrong.json: base: lr is 'much'"
refused 's/"lr": 0.1, "warm/"lr": "1", "warm/' "wrong.json: base: lr is '1' in quotes"
refused 's/"lr": 0.1, "warm/"lr": -1, "warm/' "wrong.json: base: lr is '-1', but must be a number from"
refused 's/"workers": 8/"workers": 1.5/' "wrong.json: base: workers is '1.5', but must be a whole number"
refused 's/"milestones": \[\]/"milestones": [2]/' "wrong.json: base: milestones is '[2]'"
refused 's/"workers": 8/"lazy": 1/' "wrong.json: base: lazy is '1', but must be true or false"
refused 's/"dataset": "quadratic"/"dataset": 3/' "wrong.json: base: dataset must be a text in quotes"
refused 's/"workers"/"wrkers"/' "wrong.json: base: unknown key 'wrkers' (did you mean 'workers'?)"
refused 's/"dataset": "quadratic"/"dataset": "quadratics"/' "unknown dataset 'quadratics' (did you mean 'quadratic'?)"
refused 's/"complete"\]/"completed"]/' "unknown topology 'completed'"
refused 's/"set": {"lr"/"set": {"lrr"/' "wrong.json: settings[0].set: unknown key 'lrr'"
refused 's/"set": {"lr"/"sets": {"lr"/' "wrong.json: unknown key 'sets' (did you mean 'set'?) in settings[0]"
refused 's/"settings": \[\(.*\)\],/"settings": \1,/' "wrong.json: settings must be a list of rows"
wrong 's/"when": {"algorithm": "gt"}/"when": {"algorithm": "gtt"}/' "settings[0].when.algorithm: the axis has no value 'gtt'"
wrong 's/"when": {"algorithm"/"when": {"alpha"/' "settings[0].when: 'alpha' is not an axis"
refused 's/"when": {"algorithm"/"when": {"algorthm"/' "settings[0].when: 'algorthm' is not an axis"
refused 's/"epochs": 40/"epochs": -40/' "wrong.json: tiers.standard.base: epochs is '-40'"
refused 's/"title": "a trial"/"titel": "a trial"/' "unknown key 'titel' (did you mean 'title'?) in tiers.quick"
refused 's/"title": "a trial"/"title": 3/' "wrong.json: tiers.quick.title must be a text"
refused 's/"title": "a trial"/"protocol": "yes"/' "wrong.json: tiers.quick.protocol must be true or false"
refused 's/"tiers": {.*}/"tiers": []/' "wrong.json: tiers must be an object"
refused 's/"seeds": \[1, 2\]/"seeds": []/' "wrong.json: seeds must be a list of at least one value"
refused 's/"seeds": \[1, 2\]/"seeds": [1, 1]/' "wrong.json: seeds has the value 1 twice"
refused 's/"seeds": \[1, 2\]/"seeds": [-1, 1]/' "wrong.json: seeds: seed is '-1'"
wrong 's/"seeds": \[1, 2\]/"seeds": [1]/' "claims are judged by an interval over seeds, but there is one seed"
refused 's/"topology": \["ring", "complete"\]/"topology": []/' "axes.topology must be a list of at least one value"
refused 's/"topology": \["ring", "complete"\]/"toplogy": ["ring"]/' "wrong.json: axes: unknown key 'toplogy'"
refused 's/"metric": "test_loss_mean"/"metric": []/' "wrong.json: metric must name from 1 to"
refused 's/"metric": "test_loss_mean"/"metric": "loss"/' "wrong.json: metric is 'loss'"
wrong 's/"metric": "test_loss_mean",//' "the runs of cell ring_dsgd have no acc_mean_pct: a toy problem"
refused 's/"better": {"algorithm": "gt"}, //' "claims[0].better is missing"
refused 's/"scope": "test_loss_mean"}\],/"scope": "tset_loss"}],/' "claims[0].scope is 'tset_loss'"
refused 's/"at": {"topology": "ring"}/"by": "1", "at": {"topology": "ring"}/' "claims[0].by must be a number"
refused 's/"at": {"topology"/"at": {"toplogy"/' "claims[0].at: 'toplogy' is not an axis"
wrong 's/"than": {"algorithm": "dsgd"}/"than": {"algorithm": "d2"}/' "claims[0].than names no row of the table"
wrong 's/, "at": {"topology": "ring"}//' "claims[0].better names several rows, such as ring_gt and complete_gt"
refused 's/"scope": "test_loss_mean"}\],/"scope": "test_loss_mean", "source": 1}],/' "claims[0].source must be a text"
more() { # POINT WORDS: a claim whose "more_than_at" is POINT is refused with these words
    wrong "s/\"scope\": \"test_loss_mean\"}\\],/\"scope\": \"test_loss_mean\", \"more_than_at\": $1}],/" "$2"
}
more '{"topology": "star"}' 'claims[0].better with more_than_at names no row of the table'
more '{}' 'claims[0].better with more_than_at names several rows, such as ring_gt and complete_gt; "more_than_at" says which'
more '{"topology": "ring"}' 'claims[0] has the same rows at "at" and "more_than_at"'
more '"ring"' 'claims[0].more_than_at must be an object, {axis: value}'
cp wrong.json refused/more.json
more '{"toplogy": "ring"}' "claims[0].more_than_at: 'toplogy' is not an axis"
cp wrong.json refused/misspelt.json
refused 's/"value": "last"/"value": "final"/' "published[0].value is 'final', but must be last, last5_mean, last2_worst or best"
refused 's/"table": "Table 1",//' "published[0].table must be a text"
refused 's/"tune": {"seeds": \[0, 100\], /"tune": {/' "wrong.json: tune.seeds must be a list of at least one value"
refused 's/"tune": {"seeds": \[0, 100\], /"tune": {"seed": 0, /' "wrong.json: unknown key 'seed' (did you mean 'seeds'?) in tune"
refused 's/"title": "a trial"/"rates_file": 1/' "wrong.json: tiers.quick.rates_file must be the path of a file, in quotes"
refused 's/"grid": \[{"lr": \[0.05, 0.1\]}\]/"grid": [{"lrs": [1]}]/' "unknown key 'lrs' (did you mean 'lr'?) in tune.grid[0]"
wrong 's/"seeds": \[1, 2\],/"seeds": [1, 2], "seeds": [3],/' "seeds is given twice"
# Labels that would be wrong, values that would count for nothing, names that would leave their folder.
wrong 's/"set": {"lr"/"set": {"algorithm"/; s/: 0.05}}\],/: "dsgd"}}],/' "settings[0].set has algorithm, which is an axis"
wrong 's/"holdout": 0,/"holdout": 0, "set": {"topology": "star"},/' "tune.set has topology, which is an axis"
wrong 's/"set": {"lr": 0.05}/"set": {"seed": 5}/' 'settings[0].set has seed, but the runs take theirs from "seeds"'
wrong 's/"workers": 8/"workers": 8, "seed": 3/' 'wrong.json: base has seed, but the runs take theirs'
wrong 's/{"epochs": 40}/{"seed": 40}/' 'tiers.standard.base has seed, but the runs take theirs'
wrong 's/"topology": \["ring", "complete"\]/"seed": [3, 4]/' 'wrong.json: axes has seed, but the runs take theirs'
wrong 's/"when": {"algorithm": "gt"}/"when": {"algorithm": []}/' "settings[0].when.algorithm is an empty list, which matches nothing"
wrong 's/"metric": "test_loss_mean"/"metric": ["test_loss_mean", "test_loss_mean"]/' "wrong.json: metric[1] is test_loss_mean again"
wrong 's/"title": "a trial"/"rates_file": ""/' "tiers.quick.rates_file must be the path of a file, in quotes"
wrong 's/"topology": \[/"variant": ["", /' "axes.variant has a value that is empty or has a control character"
wrong 's/"topology": \[/"variant": ["a\\nb", /' "axes.variant has a value that is empty or has a control character"
wrong 's/"standard": /"..\/..\/standard": /' "wrong.json: '../../standard' cannot be a tier's name"
wrong 's/"standard": /"quick-tune": /' "wrong.json: 'quick-tune' cannot be a tier's name"
sed 's/"title": "a trial"/"rates_file": "mine.json"/' right.json >wrong.json
exits 2 "rates that are not there, in a file of any name" "$program" sweep wrong.json --check
says "mine.json is not there; it has to have the learning rate of topology ring, algorithm dsgd"

# The name is the whole of the file's, so that two versions of a file do not share their results.
mkdir named && cp right.json named/right.1.json && cp right.json named/.json && cp right.json named/...json
exits 0 "a name with a point" "$program" sweep named/right.1.json --check
says "right.1 quick: 8 runs could start"
for file in .json ...json; do
    exits 2 "a file called $file" "$program" sweep named/$file --check
    says "named/$file: the name of an experiment's file begins with no point"
done

# What only --check finds: how a run would end.
wrong 's/"dsgd", "gt"\]/"dsgd", "gt", "d2"]/' "wrong quick: cell ring_d2: d2 is unstable on ring with 8 workers"
wrong 's/"table": "Table 1"/"table": "Table 99"/' "wrong.json: published[0].table: results/published/published.csv has no row of paper 'Lin"
wrong 's/"paper": "Lin/"paper": "Linn/' "wrong.json: published[0].paper: results/published/published.csv has no row"
sed 's/"lr": 0.1, "warm/"lr_schedule": "file:none.csv", "warm/' right.json >wrong.json
exits 1 "a schedule that is not there" "$program" sweep wrong.json --check
says "none.csv"
exits 1 "data that are not there" "$program" sweep "$root/experiments/table1.json" --check --data-dir none
says "table1 quick: cell alpha1_dsgd: none/cifar-10-batches-bin: there is no such folder"
exits 1 "an experiment that is not there" "$program" sweep toy-quadratc
says "did you mean 'toy-quadratic'?"

# A template: it can be checked and run at once, and is never replaced.
exits 0 "a new experiment" "$program" new-experiment mine
says "experiments/mine.json written"
echo >>experiments/mine.json
cp experiments/mine.json kept.json
exits 2 "the same name again" "$program" new-experiment mine
says "experiments/mine.json is there already"
ok "  the file is kept" cmp experiments/mine.json kept.json
for wanted in ../mine "" -x "a b"; do
    exits 2 "the name '$wanted'" "$program" new-experiment "$wanted"
    says "'$wanted' cannot be an experiment's name"
done
exits 0 "all of it can run" "$program" sweep mine --check
says "mine quick: 12 runs could start"
exits 0 "and runs" "$program" sweep mine --tier smoke --filter algorithm=dsgdm-n

# docs/experiments.md: each of its files is checked, and its commands run in their order.
mkdir -p page/experiments page/build page/results
ln -s "$program" page/build/gossipbench
ln -s "$root/results/published" page/results
awk '
/^\*\*File\*\* `[^`]+`$/ { split($0, part, "`"); file = part[2]; next }
/^```(json|sh)$/ && !out { out = $0 == "```sh" ? sprintf("%02d.sh", ++n) : file; printf "" >out; next }
/^```$/ { close(out); out = ""; next }
/^    build\/gossipbench / && !out { print substr($0, 5) >(sprintf("%02d.sh", ++n)); next }
out { print >out }' "$root/docs/experiments.md"
mv ./[0-9][0-9].sh page
for file in $(sed -n 's/^\*\*File\*\* `\(.*\)`$/\1/p' "$root/docs/experiments.md"); do
    mv "$file" page
    cp "page/$file" experiments # for the schema
done
for script in page/[0-9][0-9].sh; do
    exits 0 "docs/experiments.md: $(head -n 1 "$script")" \
        env -C page GOSSIPBENCH_ROOT=. timeout $run_limit sh -e "../$script" </dev/null
done
for key in $(sed -n '/^  "properties"/,/"tiers"/s/^    "\([a-z$]*\)": .*/\1/p' "$root/docs/experiment.schema.json"); do
    grep -q "\"$key\": " "$root/docs/experiments.md" && grep -q "\`\"*$key\"*\`" "$root/docs/experiments.md"
    report $? "docs/experiments.md has an example of \"$key\" and explains it"
done

if python3 -c 'import jsonschema' 2>/dev/null; then
    python3 - "$root" <<'END' >said 2>&1
import glob, json, sys, jsonschema
root = sys.argv[1]
schema = json.load(open(root + "/docs/experiment.schema.json"))
jsonschema.Draft7Validator.check_schema(schema)
valid = jsonschema.Draft7Validator(schema)
bad = 0
for path in glob.glob(root + "/experiments/*.json") + glob.glob("experiments/*.json") + ["right.json"]:
    for e in valid.iter_errors(json.load(open(path))):
        print("%s: %s: %s" % (path, list(e.path), e.message)); bad = 1
for path in glob.glob("refused/*.json"):
    if valid.is_valid(json.load(open(path))):
        print(path, "is valid:", open(path).read()); bad = 1
sys.exit(bad)
END
    report $? "the schema accepts every experiment, and refuses what the reader refuses"
else
    skip "the schema" "python3-jsonschema is not installed"
fi
finish
