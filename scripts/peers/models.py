"""Our networks in PyTorch: resnet<6n+2>-bn|gn|evonorm (He et al. 2016), vgg11-w<k> without norm,
textcnn-v<V>-e<E>-c<C> (Kim 2014)."""
import re
import sys

import torch
from torch import nn
from torch.nn import functional as F


class EvoNorm(nn.Module):
    """EvoNorm-S0 (Liu et al. 2020), x sigmoid(x) / group standard deviation."""

    def __init__(self, c):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(c, 1, 1))
        self.shift = nn.Parameter(torch.zeros(c, 1, 1))
        self.groups = min(32, c)

    def forward(self, x):
        n, c, h, w = x.shape
        var = x.reshape(n, self.groups, -1).var(2) + 1e-5
        std = var.sqrt().repeat_interleave(c // self.groups, 1).view(n, c, 1, 1)
        return x * x.sigmoid() / std * self.scale + self.shift


def norm(kind, c):
    if kind == "gn":
        return nn.GroupNorm(2, c)
    return nn.BatchNorm2d(c, track_running_stats=kind == "bn")


def first(kind, c):
    """What follows a first convolution: a norm and ReLU, or EvoNorm, which is both."""
    return EvoNorm(c) if kind == "evonorm" else nn.Sequential(norm(kind, c), nn.ReLU(True))


class Block(nn.Module):
    def __init__(self, kind, c_in, c, stride):
        super().__init__()
        self.main = nn.Sequential(nn.Conv2d(c_in, c, 3, stride, 1, bias=False), first(kind, c),
                                  nn.Conv2d(c, c, 3, 1, 1, bias=False), norm(kind, c))
        self.short = nn.Identity() if stride == 1 and c_in == c else nn.Sequential(
            nn.Conv2d(c_in, c, 1, stride, bias=False), norm(kind, c))

    def forward(self, x):
        return F.relu(self.main(x) + self.short(x), True)


def resnet(depth, kind):
    layers, c_in = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), first(kind, 16)], 16
    for c in (16, 32, 64):
        for i in range((depth - 2) // 6):
            layers.append(Block(kind, c_in, c, 2 if i == 0 and c > 16 else 1))
            c_in = c
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def vgg11(k):
    layers, c_in = [], 3
    for c in (4, 0, 8, 0, 16, 16, 0, 32, 32, 0, 32, 32, 0):
        if c:
            layers += [nn.Conv2d(c_in, c * k, 3, 1, 1), nn.ReLU(True)]
            c_in = c * k
        else:
            layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(32 * k, 10))


class TextCNN(nn.Module):
    """sparse: the embedding's gradient is a sparse tensor, which SGD takes without momentum and decay."""

    def __init__(self, vocabulary, width, maps, sparse):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width, sparse=sparse)
        self.convs = nn.ModuleList(nn.Conv1d(width, maps, k) for k in (3, 4, 5))
        self.classifier = nn.Linear(3 * maps, 10)

    def forward(self, x):
        x = self.embedding(x).transpose(1, 2)
        return self.classifier(torch.cat([F.relu(c(x)).amax(2) for c in self.convs], 1))


def build(name, sparse=False):
    if m := re.fullmatch(r"resnet(\d+)-(bn|gn|evonorm)", name):
        return resnet(int(m[1]), m[2])
    if m := re.fullmatch(r"vgg11-w(\d+)", name):
        return vgg11(int(m[1]))
    if m := re.fullmatch(r"textcnn-v(\d+)-e(\d+)-c(\d+)", name):
        return TextCNN(int(m[1]), int(m[2]), int(m[3]), sparse)
    sys.exit(f"peers: no model '{name}'")
