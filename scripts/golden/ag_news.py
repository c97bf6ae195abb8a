#!/usr/bin/python3
"""Write tests/golden/ag_news.txt: AG News's token numbers by the definition in loaders/text.h, read
with Python's csv and re modules and by nothing of ours.

Only needed when the definition changes; the file is committed, and says for which train.csv and
test.csv it is.
usage: scripts/golden/ag_news.py [FOLDER OF train.csv] > tests/golden/ag_news.txt
"""
import collections
import csv
import hashlib
import os
import re
import struct
import sys
sys.dont_write_bytecode = True
from specification import ROOT

VOCABULARY, LENGTH, SHOWN = 20000, 64, 5
folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "datasets/data/ag_news_csv")

if not os.path.isfile(os.path.join(folder, "train.csv")):
    sys.exit(f"{sys.argv[0]}: there is no {folder}/train.csv; give the folder of AG News as argument")


def read(name):
    """[(class from 0, [token, ...])]"""
    out = []
    with open(os.path.join(folder, name), encoding="latin-1", newline="") as f:
        for label, title, description in csv.reader(f, strict=True):
            text = (title + " " + description).encode("latin-1")
            text = re.sub(rb"\\n(?![a-z])", b" ", text)
            out.append((int(label) - 1, re.findall(rb"[a-z0-9\x80-\xff]+", text.lower())))
    return out


def numbers(tokens, number_of):
    known = [number_of.get(t, 1) for t in tokens[:LENGTH]]
    return known + [0] * (LENGTH - len(known))


splits = {name: read(name) for name in ("train.csv", "test.csv")}
count = collections.Counter(t for _, tokens in splits["train.csv"] for t in tokens)
words = sorted(count, key=lambda w: (-count[w], w))[:VOCABULARY - 2]
number_of = {w: 2 + i for i, w in enumerate(words)}
data = hashlib.sha256()
for name in splits:
    with open(os.path.join(folder, name), "rb") as f:
        print(name, hashlib.sha256(f.read()).hexdigest())
    for tokens in splits[name]:
        data.update(struct.pack("<%di" % LENGTH, *numbers(tokens[1], number_of)))
    data.update(struct.pack("<%di" % len(splits[name]), *[label for label, _ in splits[name]]))
print("vocabulary", hashlib.sha256(b"".join(w + b"\n" for w in [b"<pad>", b"<unk>"] + words)).hexdigest())
print("data", data.hexdigest())
train = splits["train.csv"]
print("sizes", len(train), len(splits["test.csv"]), 2 + len(words))
for i in list(range(SHOWN)) + list(range(len(train) - SHOWN, len(train))):
    print(i, train[i][0], *numbers(train[i][1], number_of))
