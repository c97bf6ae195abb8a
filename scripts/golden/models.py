#!/usr/bin/python3
"""Write tests/golden/models.txt from the executable specification in ../shared/oracle (PyTorch, float64).

Only needed when a model is added; the file is committed, so the tests run without PyTorch.
usage: scripts/golden/models.py [FOLDER OF models.py] > tests/golden/models.txt
"""
import re
import sys
sys.dont_write_bytecode = True
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from formula import formula, formula_unit, numbers
from specification import load

oracle = load("models")

COUNTS = {  # name: numbers of classes
    "resnet8-bn": (10,), "resnet8-gn-w2": (10,), "resnet14-evonorm": (10,),
    "resnet20-bn": (2, 10, 100, 1000), "resnet20-gn": (10,), "resnet20-evonorm": (10,),
    "resnet20-bn-w4": (10,), "resnet32-gn-w16": (10,), "resnet56-bn": (10,), "resnet110-gn": (10,),
    "vgg11-w1": (10,), "vgg11-w2": (10, 100), "vgg11-w8": (10,), "vgg11-w16": (10,),
    "vgg11-relay-w1": (10,), "vgg11-relay-w2": (100,), "vgg11-relay-w16": (10,),
    "textcnn-v200-e16-c8": (4,), "textcnn-v20000-e128-c100": (4,),
}
SIDE = (32, 32)
VECTORS = (("resnet8-bn", SIDE), ("resnet20-gn", SIDE), ("resnet8-evonorm", SIDE), ("resnet8-gn-w2", SIDE),
           ("vgg11-w2", SIDE), ("textcnn-v200-e16-c8", SIDE), ("vgg11-relay-w2", SIDE), ("resnet8-gn", (48, 40)),
           ("vgg11-w2", (64, 96)), ("vgg11-relay-w2", (64, 64)))  # names, and height and width of images
BATCH, LENGTH, CLASSES, X, Y, LABEL = 4, 64, 10, 900, 901, 1000  # streams: parameter i has i, its weights LABEL + i
torch.set_default_dtype(torch.float64)


def build(name, classes, side=SIDE):
    """The specification's networks, VGG-11 for larger images, too, and RelaySGD's VGG-11, which the
    specification lacks; dropouts drop nothing."""
    if not (m := re.fullmatch(r"vgg11(-relay)?-w(\d+)", name)):
        return oracle.build(name, classes)
    net, c = oracle.build(f"vgg11-w{m[2]}", classes), 32 * int(m[2])
    seen = c * (side[0] // 32) * (side[1] // 32)
    if not m[1]:
        net.classifier = nn.Linear(seen, classes)
        return net
    net.classifier = nn.Sequential(nn.Dropout(0), nn.Linear(seen, c), nn.ReLU(), nn.Dropout(0), nn.Linear(c, c), nn.ReLU(),
                                   nn.Linear(c, classes))
    return net


def fill(i, key, p):
    """Parameter i: weights of variance 2 / fan_in, norm scales near 1, shifts and biases near 0."""
    u = torch.tensor(formula_unit(i, *p.shape))
    if p.dim() > 1:
        return u * np.sqrt(2.0 / np.prod(p.shape[1:]))
    return u * 0.1 + (1 if key.endswith("weight") else 0)


def tensor_line(kind, i, key, v):
    v = v.detach().numpy()
    dims = " ".join(map(str, v.shape))
    print(kind, key, v.ndim, dims, numbers([np.linalg.norm(v), v.ravel() @ formula(LABEL + i, v.size)]))


print("# made by scripts/golden/models.py; two parts:")
print("# count NAME CLASSES NUMBER-OF-PARAMETERS")
print("# model NAME HEIGHT WIDTH, loss, logits, evaluation logits; then for each gradient and running statistic:")
print("# grad|stat NAME DIMENSIONS SHAPE, its 2-norm, and its product with formula(1000 + its number)")
for name, classes in COUNTS.items():
    for k in classes:
        print("count", name, k, sum(p.numel() for p in build(name, k).parameters()))
for name, side in VECTORS:
    net = build(name, CLASSES, side)
    for i, (key, p) in enumerate(net.named_parameters()):
        p.data = fill(i, key, p)
    if text := re.match(r"textcnn-v(\d+)", name):
        x = torch.tensor(((formula(X, BATCH * LENGTH) + 1) / 2 * int(text[1])).astype(np.int64)).view(BATCH, LENGTH)
    else:
        x = torch.tensor(formula_unit(X, BATCH, 3, *side))
    y = torch.tensor(((formula(Y, BATCH) + 1) / 2 * CLASSES).astype(np.int64))
    logits = net.train()(x)
    loss = F.cross_entropy(logits, y)
    loss.backward()
    print("model", name, *side)
    print(numbers(loss.item()))
    print(numbers(logits.detach().numpy()))
    buffers = [(k, b.clone()) for k, b in net.named_buffers() if b.dim() > 0]
    print(numbers(net.eval()(x).detach().numpy()))
    for i, (key, p) in enumerate(net.named_parameters()):
        tensor_line("grad", i, key, p.grad)
    for i, (key, b) in enumerate(buffers):
        tensor_line("stat", i, key, b)
