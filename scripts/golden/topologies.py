#!/usr/bin/python3
"""Write tests/golden/topologies.txt from the executable specification in ../shared/oracle.

Only needed when a topology is added; the file is committed, so the tests run without the oracle.
usage: scripts/golden/topologies.py [FOLDER OF topologies.py] > tests/golden/topologies.txt
"""
import sys
sys.dont_write_bytecode = True
import numpy as np
from specification import load

oracle = load("topologies")

CASES = {  # name: numbers of workers
    "complete": (1, 2, 5),
    "disconnected": (1, 3),
    "ring": (1, 2, 3, 4, 5, 16),
    "davis-southern-women": (32,),
    "one-peer-exponential": (1, 2, 3, 5, 8, 16),
    "chain": (1, 2, 5),
    "star": (1, 2, 6),
    "torus": (1, 2, 4, 6, 7, 12, 16),
    "hypercube": (1, 2, 4, 16),
    "exponential": (1, 2, 5, 12),
    "bipartite-one-peer": (2, 4, 6, 16),
    "karate-club": (34,),
    "florentine-families": (15,),
    "les-miserables": (77,),
}


def exact_after(name, n):
    """Rounds until all entries of the product are within 1e-12 of 1/n; 0 if not within 64."""
    P = np.eye(n)
    for t in range(64):
        P = oracle.mixing(name, n, t) @ P
        if abs(P - 1.0 / n).max() < 1e-12:
            return t + 1
    return 0


print("# made by scripts/golden/topologies.py; one block a case:")
print("# case NAME N STEPS EXACT-AFTER, then for each step: GAP,")
print("# and a line for each row I of W: COUNT, then COUNT times J W[I,J]")
for name, sizes in CASES.items():
    for n in sizes:
        steps = 6 if "one-peer" in name else 1
        print("case", name, n, steps, exact_after(name, n))
        for t in range(steps):
            W = oracle.mixing(name, n, t)
            print(f"{oracle.spectral_gap(W):.17g}")
            for row in W:
                js = np.nonzero(row)[0]
                print(len(js), *(f"{j} {row[j]:.17g}" for j in js))
