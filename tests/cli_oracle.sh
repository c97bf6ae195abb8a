#!/bin/sh
# The program against the executable specifications in ../shared/oracle, if they and their libraries
# are there: models through `grad`, methods on graphs through `quadratic`.
. "$(dirname "$0")/tap.sh"
oracle=${ORACLE:-$root/../shared/oracle}

# The first Python that can import these; empty if none can.
python_with() {
    for python in /usr/bin/python3 python3; do
        "$python" -c "import $1" 2>/dev/null && echo "$python" && return
    done
}

cat >"$temp/buffers.py" <<'END'
"""buffers.py THEIRS MINE: running statistics agree."""
import sys
import numpy as np

a, b = (np.load(f) for f in sys.argv[1:])
names = [k for k in a.files if k.startswith("buffer/") and not k.endswith("num_batches_tracked")]
for k in names:
    err = np.abs(a[k] - b[k]).max() / np.abs(a[k]).max()
    print(k, err)
    if not err < 1e-4:
        sys.exit(1)
print(len(names), "compared")
END

cat >"$temp/quadratic.py" <<'END'
"""quadratic.py PROGRAM TOPOLOGY TOLERANCE: all methods that both know, over a drop of the rate."""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np

program, graph, tolerance = sys.argv[1], sys.argv[2], float(sys.argv[3])
root, rounds, decay = os.environ["ROOT"], 40, 1e-3
sys.path[:0] = os.environ["ORACLE"], f"{root}/scripts/golden"
sys.dont_write_bytecode = True
import algorithms
import methods
import topologies

n = topologies.SOCIAL.get(graph, 8)
x0, *rest = algorithms.quadratic(n=n)
problem = (x0 + 0.1 * np.random.default_rng(1).normal(size=x0.shape), *rest)  # workers need not start alike
lrs = np.where(np.arange(rounds) < 23, 0.05, 0.005)
np.savez("problem.npz", **dict(zip(("x0", "h", "b", "noise"), problem)), lrs=lrs, weight_decay=decay)
cases = []
ADAM = dict(beta1=0.7, beta2=0.9, eps=1e-3)
OTHERS = {"qg-dsgdm-n": (dict(every=4), dict(momentum=0.8, mu=0.6)), "gt-dsgdm-n": (dict(momentum=0.7),),
          "slowmo": (dict(momentum=0.7, tau=3, slow_beta=0.5, slow_lr=0.8),), "momentum-tracking": (dict(momentum=0.7),),
          "dadam": (ADAM,), "qg-dadam": (ADAM,), "qg-dadam-stable": (ADAM,), **methods.OTHERS}
# Those of scripts/golden/methods.py on three graphs, where they are defined.
kinds = {"one-peer-exponential": ["any"], "ring": ["any", "static"], "chain": ["any", "static", "tree"]}.get(graph, [])
algorithms.METHODS.update((name, m) for name, m in methods.METHODS.items() if m[0].graphs in kinds)
for name in re.findall(r'REGISTER\("([^"]+)"', open(f"{root}/algorithms/list.h").read()):
    if name in algorithms.METHODS:
        cases += [(name, {})] + [(name, keys) for keys in OTHERS.get(name, ())]


def error(case):
    """Largest difference from the specification, relative to the largest parameter."""
    number, (name, keys) = case
    settings = [w for k, v in keys.items() for w in ("--set", f"{k}={v}")]
    subprocess.check_call([program, "quadratic", "--algorithm", name, "--topology", graph, "--in", "problem.npz",
                           "--out", f"{number}.npz", *settings])
    want = algorithms.run(name, lambda t: topologies.mixing(graph, n, t), problem, lrs, decay, **keys)
    got = np.load(f"{number}.npz")["x"]
    return np.abs(got - want).max() / np.abs(want).max() if got.shape == want.shape else np.inf


bad = 0
with ThreadPoolExecutor(6) as pool:  # a start of MPI is 0.3 seconds of waiting
    for (name, keys), err in zip(cases, pool.map(error, enumerate(cases))):
        ok = err < getattr(algorithms.METHODS[name][0], "float_error", 0) * (tolerance > 1e-5) + tolerance
        bad += not ok
        print(f"{name} {keys or ''} {err:.2e}{'' if ok else ' TOO FAR'}")
print(len(cases), "methods,", bad, "too far")
sys.exit(bad > 0 or len(cases) < 25)
END
export ORACLE="$oracle" ROOT="$root"

python=$(python_with torch,numpy)
for model in resnet8-bn resnet8-gn-w2 vgg11-w2; do
    if [ ! -f "$oracle/models.py" ]; then
        skip "grad $model" "there is no $oracle/models.py"
    elif [ -z "$python" ]; then
        skip "grad $model" "no python3 here has numpy and torch"
    else
        "$python" -B "$oracle/models.py" vectors $model theirs.npz --batch 4 >said 2>&1 &&
            "$program" grad --model $model --in theirs.npz --out mine.npz >>said 2>&1 &&
            "$python" -B "$oracle/models.py" check $model theirs.npz mine.npz >>said 2>&1 &&
            "$python" buffers.py theirs.npz mine.npz >>said 2>&1
        report $? "grad $model"
    fi
done

# textcnn BATCH KERNELS MODEL: every number within 1e-4, a tenth of what the specification allows.
textcnn() {
    "$python" -B "$oracle/models.py" vectors "$3" theirs.npz --batch "$1" &&
        GOSSIPBENCH_KERNELS=$2 "$program" grad --model "$3" --in theirs.npz --out mine.npz &&
        "$python" -B "$oracle/models.py" check "$3" theirs.npz mine.npz >errors &&
        cat errors &&
        awk '!($NF < 1e-4) { bad = 1 } END { exit bad || NR != 4 }' errors
}
for model in textcnn-v200-e16-c8 textcnn-v20000-e128-c100; do
    for kernels in avx512 avx2 plain; do
        for batch in 4 32; do
            name="grad $model, batch $batch, $kernels"
            if [ ! -f "$oracle/models.py" ]; then
                skip "$name" "there is no $oracle/models.py"
            elif [ -z "$python" ]; then
                skip "$name" "no python3 here has numpy and torch"
            elif GOSSIPBENCH_KERNELS=$kernels "$program" grad --model $model --in none --out none \
                2>&1 | grep -q GOSSIPBENCH_KERNELS; then
                skip "$name" "this processor has no $kernels"
            else
                ok "$name" textcnn $batch $kernels $model
            fi
        done
    done
done
if [ -n "$python" ] && [ -f "$oracle/models.py" ]; then
    "$python" -B "$oracle/models.py" vectors textcnn-v200-e16-c8 theirs.npz >said
    exits 1 "grad refuses tokens that the model does not know" \
        "$program" grad --model textcnn-v100-e16-c8 --in theirs.npz --out mine.npz
    says "is not one from 0 to 99"
    exits 2 "grad refuses texts for a model of images" \
        "$program" grad --model vgg11-w2 --in theirs.npz --out mine.npz
    says "reads images, but the data are texts"
fi

python=$(python_with numpy)
for script in algorithms topologies; do
    name="scripts/golden/$script.py without a specification"
    if [ -z "$python" ]; then
        skip "$name" "no python3 here has numpy"
    else
        exits 1 "$name" "$python" "$root/scripts/golden/$script.py" nowhere
        says "$script.py: there is no nowhere/$script.py; give the folder"
    fi
done
for variant in release double; do
    tolerance=1e-4
    [ $variant = release ] || tolerance=1e-9
    for graph in $(sed -n 's/^REGISTER("\([^"]*\)".*/\1/p' "$root/topologies/list.h"); do
        name="quadratic, every method on $graph within $tolerance ($variant)"
        case $graph in
        random-*) ;; # their draws cannot be compared
        *)
            if [ ! -f "$oracle/algorithms.py" ]; then
                skip "$name" "there is no $oracle/algorithms.py"
            elif ! grep -qF "\"$graph\"" "$oracle/topologies.py"; then
                : # a graph of ours, beyond the specification
            elif [ -z "$python" ]; then
                skip "$name" "no python3 here has numpy"
            else
                ok "$name" timeout $run_limit "$python" quadratic.py "$root/build/$variant/gossipbench" \
                    "$graph" $tolerance
            fi
            ;;
        esac
    done
done
finish
