#!/bin/sh
# What `make nightly` runs after building: whether the code has become worse than results/expected,
# which only make baseline changes.  docs/nightly.md says what each part can find.
#   smoke  the smoke tier of every experiment with every kernel set of this processor: equal to the bit
#   cells  experiments/nightly.json: seed by seed if code and machine are the expected ones, else
#          by one-sided tests; a cell that fails them has to fail on fresh seeds, too
#   speed  benchmarks as a fraction of the processor's peak, which is measured beside them
# Writes results/nightly/: report.md, junit.xml, and history.csv, to which each night is added.
# usage: [PARTS="smoke cells speed"] [SEEDS="1 2 3"] [KERNELS="avx512 avx2 plain"] scripts/nightly.sh
# exit code: 0 nothing is worse, 3 something is, 1 the gate could not do its work, 75 interrupted
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/mpi-env.sh
. scripts/signals.sh
. scripts/blas-core.sh
parts=${PARTS:-smoke cells speed} seeds=${SEEDS:-1 2 3}
program=$PWD/build/release/gossipbench expected=$PWD/results/expected
work=$PWD/build/nightly out=results/nightly
trap 'leave $?' EXIT
rm -rf "$work"
mkdir -p "$work" "$out" build/generated || exit 1
checks=$work/checks.tsv

# add STATUS PART NAME VALUE DETAIL: one check.  These fail the gate: changed worse failed.
add() {
    printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$checks"
    case $1 in
    same | pass) ;;
    *) echo "nightly: $1: $2 $3: $5" ;;
    esac
}
# A root for runs, with the experiments, data and expected results of this tree.
new_root() { # DIR
    mkdir -p "$1/results" "$1/build" "$1/experiments" &&
        cp -r experiments "$1/" &&
        ln -s "$PWD/datasets" "$1/datasets" && ln -s "$PWD/build/generated" "$1/build/generated" &&
        ln -s "$expected" "$1/results/expected" &&
        ln -s "$PWD/results/published" "$1/results/published"
}

smoke() { # KERNELS
    list=$work/smoke-$1.txt want=$expected/smoke-$1.txt
    new_root "$work/smoke-$1" || exit 1
    run scripts/smoke.sh "$1" "$work/smoke-$1" >"$list"
    case $? in
    0) ;;
    75) exit 75 ;;
    *) add failed smoke "$1" "" "runs failed, see above" ;;
    esac
    if [ ! -f "$want" ]; then
        add new smoke "$1" "" "there is no $(basename "$want"); make baseline on this machine"
        return
    fi
    # Hashes can only be the same if compiler, BLAS core and C library are.
    other=$(grep '^#' "$want" | grep -vxFf "$list" | tr '\n' ' ')
    awk -v kernels="$1" -v other="$other" '
        function table(path) { sub("/.*", "", path); return path }
        function cell(path) { sub("-[0-9a-f]*/metrics.csv$", "", path); return path }
        /^#/ { next }
        FNR == NR { want[$2] = $1; cells[cell($2)]; next }
        { t = table($2); n[t]++ }
        !($2 in want) { $2 = cell($2); ($2 in cells) ? config[t] = $2 : added[t] = $2; next }
        want[$2] == $1 { same[t]++; next }
        { changed[t]++; first[t] = cell($2) }
        END {
            for (t in n) {
                status = changed[t] ? (other == "" ? "changed" : "other") : same[t] ? "same" : "new"
                why = same[t] + 0 " of " n[t] " runs give the expected bits"
                if (changed[t]) why = why "; " first[t] " does not"
                if (changed[t] && other != "") why = why "; expected of another machine (" other ")"
                if (t in config) why = why "; " config[t] " has another configuration"
                if (t in added) why = why "; " added[t] " is new"
                printf "%s\tsmoke\t%s %s\t%d\t%s\n", status, kernels, t, same[t], why
            }
        }' "$want" "$list" | sort -t "$(printf '\t')" -k 3 >"$work/smoke.tsv"
    while IFS=$(printf '\t') read -r status part name value why; do
        add "$status" "$part" "$name" "$value" "$why"
    done <"$work/smoke.tsv"
}

# Make the cells with these seeds, all or one of them, and compare them.
make_cells() { # ROOT SEEDS [VARIANT]
    new_root "$1" || exit 1
    list=$(echo "$2" | sed 's/^ *//; s/ *$//; s/  */, /g')
    sed "s/^  \"seeds\": \[.*\],\$/  \"seeds\": [$list],/" experiments/nightly.json \
        >"$1/experiments/nightly.json"
    grep -qF "\"seeds\": [$list]," "$1/experiments/nightly.json" || exit 1
    run "$program" sweep nightly --tier quick --root "$1" ${3:+--filter variant="$3"} \
        >"$1/sweep.log" 2>&1
    case $? in
    0) ;;
    75) exit 75 ;;
    *) tail -n 3 "$1/sweep.log" >&2 && return 1 ;;
    esac
    "$program" compare nightly --tier quick --gate --save --root "$1" >"$1/compare.log" 2>&1
    [ -f "$1/results/tables/nightly-quick-verdict.csv" ]
}
# NAME VERDICT WORSE of each cell, and of their mean; the fields before the verdict have no commas.
verdicts() { # ROOT
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $1 == "expected" { print $at["variant"] ? $at["variant"] : "mean", $at["verdict"], $NF }' \
        "$1/results/tables/nightly-quick-verdict.csv"
}
# What compare says after the name of a cell, which it shows as papers write it.
why() { # ROOT VARIANT
    shown=$(awk -F, -v cell="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $1 == "expected" && ($at["variant"] ? $at["variant"] : "mean") == cell { sub(/ \(.*/, "", $at["what"]); print $at["what"]; exit }' \
        "$1/results/tables/nightly-quick-verdict.csv")
    awk -v shown="$shown (" '(at = index($0, shown)) { print substr($0, at + length(shown) - 1); exit }' \
        "$1/compare.log"
}
cells() {
    make_cells "$work/cells" "$seeds" || {
        add failed cells all "" "runs failed, or cannot be compared: $(tail -n 1 "$work/cells/compare.log")"
        return
    }
    verdicts "$work/cells" >"$work/verdicts"
    [ -s "$work/verdicts" ] || add new cells all "" "nothing is expected; make baseline"
    while read -r name verdict is_worse; do
        text=$(why "$work/cells" "$name")
        case $verdict,$is_worse in
        SAME,*) add same cells "$name" "" "every seed gives the expected bits" ;;
        PASS,*) add pass cells "$name" "" "$text" ;;
        OUTSIDE,0) add better cells "$name" "" "$text" ;;
        OUTSIDE,1) suspect "$name" "$text" ;;
        *) add new cells "$name" "" "$text" ;;
        esac
    done <"$work/verdicts"
}
# Seeds to try again: any for a cell; for the mean, which is tested by pairs, five that are expected
# and were not tried.
fresh_seeds() { # VARIANT
    if [ "$1" = mean ]; then
        sed -n 's/^[[:space:]]*"seed":[[:space:]]*\([0-9]*\).*/\1/p' "$expected/nightly/quick.json" |
            sort -nu | grep -vxF "$(echo "$seeds" | tr -s ' ' '\n')" | head -n 5 | xargs
    else
        seq -s ' ' "$(date +%s)" "$(($(date +%s) + 4))"
    fi
}
# A seed that changed on the same path is not bad luck; anything else has to happen again.
suspect() { # VARIANT WHY
    case $2 in
    *"although code and machine are the same"* | *"expected table is not that"*)
        add changed cells "$1" "" "$2"
        return
        ;;
    esac
    fresh=$(fresh_seeds "$1") only=$1
    [ "$1" != mean ] || only=
    case $fresh in
    *' '*) ;;
    *)
        add worse cells "$1" "" "$2; no two other seeds are expected"
        return
        ;;
    esac
    make_cells "$work/fresh-$1" "$fresh" "$only" ||
        add failed cells "$1" "" "runs of fresh seeds failed"
    if verdicts "$work/fresh-$1" | grep -qx "$1 OUTSIDE 1"; then
        add worse cells "$1" "" "$2; on fresh seeds: $(why "$work/fresh-$1" "$1")"
    else
        add unconfirmed cells "$1" "" "$2; not on fresh seeds"
    fi
}

# NAME FRACTION of each benchmark: of the peak of the core, or of its memory's bandwidth.
fractions() {
    run build/release/bench/main \
        --benchmark_filter='^(train_step/(resnet8-gn|vgg11-w4|textcnn-v20000-e128-c100)/batch:32|mix/ring/)' \
        --benchmark_min_time=0.3 --benchmark_repetitions=3 --benchmark_format=json >"$work/bench.json" 2>/dev/null
    sed -n 's/^ *"\(run_type\|run_name\|of_peak\|of_triad\)": "*\([^",]*\)"*,*$/\1 \2/p' "$work/bench.json" |
        awk '$1 == "run_name" { name = $2 }
            $1 == "run_type" { one = $2 == "iteration" }
            $1 ~ /^of_/ && one && $2 + 0 > best[name] + 0 { best[name] = $2 }
            END { for (name in best) print name, best[name] }' | LC_ALL=C sort
}
# The fraction must not fall below 1/1.25 (slow: a warning) or 1/2 (worse) of the one expected for
# this processor; slow benchmarks are measured once more.
speed() {
    machine="$(awk -F': *' '/^(model name|cpu family|model|stepping)/ && !seen[$1]++ { printf "%s ", $2 }' /proc/cpuinfo)$1"
    fractions >"$work/speed.txt"
    echo "# $machine" | cat - "$work/speed.txt" >"$work/speed-$1.txt"
    [ -s "$work/speed.txt" ] || add failed speed all "" "the benchmarks did not run"
    if [ "$(head -n 1 "$expected/speed-$1.txt" 2>/dev/null)" != "# $machine" ]; then
        while read -r name value; do
            add other speed "$name" "$value" "no speed is expected of this processor ($machine)"
        done <"$work/speed.txt"
        return
    fi
    for attempt in 1 2; do
        awk -v attempt=$attempt 'FNR == NR { want[$1] = $2; next }
            !($1 in want) { printf "new\tspeed\t%s\t%s\tis new\n", $1, $2; next }
            {
                ratio = $2 / want[$1]
                status = ratio * 2 < 1 ? "worse" : ratio * 1.25 < 1 ? "slow" : "pass"
                printf "%s\tspeed\t%s\t%s\t%.2f times the expected fraction %s\n", status, $1, $2,
                       ratio, want[$1]
            }' "$expected/speed-$1.txt" "$work/speed.txt" >"$work/speed.tsv"
        grep -q '^\(slow\|worse\)' "$work/speed.tsv" || break
        [ $attempt -eq 2 ] || fractions >"$work/speed.txt"
    done
    while IFS=$(printf '\t') read -r status part name value text; do
        add "$status" "$part" "$name" "$value" "$text"
    done <"$work/speed.tsv"
}

: >"$checks"
start=$(date +%s) kernels=$("$program" info | sed -n 's/^kernels  *//p')
[ -n "$kernels" ] || exit 1
for part in $parts; do
    case $part in
    smoke)
        for set in ${KERNELS:-avx512 avx2 plain}; do
            ! GOSSIPBENCH_KERNELS=$set "$program" info >"$work/info" 2>&1 || smoke $set
        done
        ;;
    cells) cells ;;
    speed) speed "$kernels" ;;
    *) echo "nightly: PARTS can hold smoke, cells and speed, not '$part'" >&2 && exit 2 ;;
    esac
done
scripts/nightly_report.sh "$checks" "$kernels" $(($(date +%s) - start)) "$out"
