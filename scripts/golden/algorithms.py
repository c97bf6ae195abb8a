#!/usr/bin/python3
"""Write tests/golden/algorithms.txt from the executable specification in ../shared/oracle and from
methods.py, which has methods that it lacks.

Run it again when a method is added to algorithms/list.h; the file is committed, so the tests run
without the oracle.
usage: scripts/golden/algorithms.py [FOLDER OF algorithms.py] > tests/golden/algorithms.txt
"""
import sys
sys.dont_write_bytecode = True
import os
import re
import numpy as np
from formula import formula, formula_unit, numbers
from specification import ROOT, load

oracle, topologies = load("algorithms"), load("topologies")
import methods

D, ROUNDS, DECAY = 5, 30, 1e-2
LRS = np.where(np.arange(ROUNDS) < 17, 0.05, 0.005)  # a drop in mid-run
GRAPHS = ("ring", 8, "path"), ("complete", 8, "path"), ("davis-southern-women", 32, "end"), ("one-peer-exponential", 8, "end")
TREES = ("chain", 8, "path"), ("star", 8, "end")

ADAM = dict(beta1=0.7, beta2=0.9, eps=1e-3)
OTHERS = {"qg-dsgdm-n": (dict(every=4), dict(momentum=0.8, mu=0.6)), "gt-dsgdm-n": (dict(momentum=0.7),),
          "slowmo": (dict(momentum=0.7, tau=3, slow_beta=0.5, slow_lr=0.8),), "decentlam": (dict(momentum=0.7),),
          "momentum-tracking": (dict(momentum=0.7),), "dadam": (ADAM,), "qg-dadam": (ADAM,), "qg-dadam-stable": (ADAM,),
          **methods.OTHERS}
oracle.METHODS.update(methods.METHODS)


def problem(n):
    """x0, h, b, noise of the test problem: see struct trial in tests/rounds.h."""
    x0 = np.tile(formula_unit(1, 1, D), (n, 1))
    h = 1.1 + 0.9 * formula(2, n * D).reshape(n, D)
    return x0, h, formula_unit(3, n, D), 0.3 * formula_unit(4, ROUNDS, n, D)


def case(name, method, **hyper):
    kind = getattr(oracle.METHODS[method][0], "graphs", "any")
    for graph, n, what in TREES if kind == "tree" else GRAPHS[:3] if kind == "static" else GRAPHS:
        path = oracle.run(method, lambda t: topologies.mixing(graph, n, t), problem(n), LRS, DECAY, **hyper)
        keys = " ".join(f"{k} {v}" for k, v in hyper.items())
        print("case", name, graph, n, what, *([keys] if keys else []), "end")
        if what == "path":
            label = formula(5, n * D)
            print(numbers([(np.linalg.norm(x), x.ravel() @ label) for x in path]))
        print(numbers(path[-1]))


print("# made by scripts/golden/algorithms.py: case NAME GRAPH WORKERS path|end [KEY VALUE]... end, then")
print("# of all workers' parameters, before each round and after the last (path only): their 2-norm and")
print("# product with formula(5); then the parameters after the last round;")
print("# or: unknown NAME, a method that is not in the specification")
listed = open(os.path.join(ROOT, "algorithms", "list.h")).read()
for name in re.findall(r'REGISTER\("([^"]+)"', listed):
    if name not in oracle.METHODS:
        print("unknown", name)
        continue
    case(name, name)
    for hyper in OTHERS.get(name, ()):
        case(name, name, **hyper)
