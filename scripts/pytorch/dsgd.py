#!/usr/bin/python3
"""Replay a run of gossipbench in PyTorch: DSGD on the same split and the same graph.

usage: dsgd.py INITIAL DATA.npz SPLIT.npz W.npz OUT.npz [--epochs E] [--batch B] [--lr LR] [--decay D]

INITIAL    by `gossipbench export` of a run of 0 epochs: the parameters that all workers start from
DATA.npz   by `gossipbench data export`
SPLIT.npz  by `gossipbench partition --out`: which samples a worker holds
W.npz      by `gossipbench topology --out`: the mixing matrix of each round
OUT.npz    gets the averaged model, for `gossipbench evaluate`

DSGD, in every round:  x_i <- sum_j W[i, j] (x_j - lr (gradient of worker j + decay x_j)).
"""
import argparse

import numpy as np
import torch
from torch.nn import functional as F

import files
import models


def gradient(net, x, y, decay):
    net.zero_grad()
    F.cross_entropy(net(x), y).backward()
    return [p.grad + decay * p.detach() for p in net.parameters()]


def mix(nets, W):
    """Replace the parameters of each network by the weighted sum of those of its neighbours."""
    with torch.no_grad():
        for same in zip(*(net.parameters() for net in nets)):
            mixed = torch.tensordot(W, torch.stack([p.double() for p in same]), 1)
            for p, v in zip(same, mixed):
                p.copy_(v)


def train(nets, x, y, held, W, epochs, batch, lr, decay):
    step = 0
    for epoch in range(epochs):
        order = [h[torch.randperm(len(h))] for h in held]
        for at in range(0, min(map(len, held)) - batch + 1, batch):
            for net, mine in zip(nets, order):
                now = mine[at:at + batch]
                g = gradient(net, x[now], y[now], decay)
                with torch.no_grad():
                    for p, v in zip(net.parameters(), g):
                        p -= lr * v
            mix(nets, W[step % len(W)])
            step += 1
        print(f"epoch {epoch + 1}: {step} rounds")


def average(nets):
    """The mean of all parameters, and of all running statistics."""
    states = [net.state_dict() for net in nets]
    nets[0].load_state_dict({k: sum(s[k].double() for s in states) / len(states) for k in states[0]})
    return nets[0]


def main(a):
    state, about = files.read_state(a.initial)
    network, name = about["network"], about["config"]["model"]
    data, _ = files.read(a.data)
    split, _ = files.read(a.split)
    W = torch.from_numpy(np.load(a.W)["W"])
    held = [torch.from_numpy(split[f"worker{i}"]) for i in range(W.shape[-1])]
    nets = [models.build(name, network["classes"], pixels=network["input"][1:]) for _ in held]
    for net in nets:
        net.load_state_dict(state)
    x, y = files.as_input(data["x_train"], network), torch.from_numpy(data["y_train"])
    train(nets, x, y, held, W, a.epochs, a.batch, a.lr, a.decay)
    files.write_state(a.out, average(nets))


if __name__ == "__main__":
    p = argparse.ArgumentParser(usage=__doc__)
    for name in ("initial", "data", "split", "W", "out"):
        p.add_argument(name)
    p.add_argument("--epochs", type=int, default=1)
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--lr", type=float, default=0.1)
    p.add_argument("--decay", type=float, default=1e-4)
    main(p.parse_args())
