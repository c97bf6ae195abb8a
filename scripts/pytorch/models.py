"""The networks of gossipbench in PyTorch, with the names that exported files use:
resnet<6n+2>-bn|gn|evonorm[-w<k>] (He et al. 2016), vgg11-w<k> without norm,
vgg11-relay-w<k> (Vogels et al. 2021), textcnn-v<V>-e<E>-c<C>[-d<percent>] (Kim 2014)."""
import re
import sys

import torch
from torch import nn
from torch.nn import functional as F


class EvoNorm(nn.Module):
    """EvoNorm-S0 (Liu et al. 2020), x sigmoid(x) / group standard deviation."""

    def __init__(self, c):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(c))
        self.bias = nn.Parameter(torch.zeros(c))
        self.groups = min(32, c)

    def forward(self, x):
        n, c, h, w = x.shape
        var = x.reshape(n, self.groups, -1).var(2) + 1e-5
        std = var.sqrt().repeat_interleave(c // self.groups, 1).view(n, c, 1, 1)
        return x * x.sigmoid() / std * self.weight.view(c, 1, 1) + self.bias.view(c, 1, 1)


def norm(kind, c):
    """With "evonorm", batch norm on the statistics of the batch, in evaluation too."""
    if kind == "gn":
        return nn.GroupNorm(2, c)
    return nn.BatchNorm2d(c, track_running_stats=kind == "bn")


def first_norm(kind, c):
    return EvoNorm(c) if kind == "evonorm" else norm(kind, c)


def activate(layer, x):
    """A norm and ReLU, or EvoNorm, which is both."""
    return layer(x) if isinstance(layer, EvoNorm) else F.relu(layer(x), True)


class Block(nn.Module):
    def __init__(self, kind, c_in, c, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c, 3, stride, 1, bias=False)
        self.norm1 = first_norm(kind, c)
        self.conv2 = nn.Conv2d(c, c, 3, 1, 1, bias=False)
        self.norm2 = norm(kind, c)
        self.changes = stride != 1 or c_in != c
        if self.changes:
            self.down_conv = nn.Conv2d(c_in, c, 1, stride, bias=False)
            self.down_norm = norm(kind, c)

    def forward(self, x):
        y = self.norm2(self.conv2(activate(self.norm1, self.conv1(x))))
        return F.relu(y + (self.down_norm(self.down_conv(x)) if self.changes else x), True)


class ResNet(nn.Module):
    def __init__(self, depth, kind, width, classes):
        super().__init__()
        c_in = 16 * width
        self.conv = nn.Conv2d(3, c_in, 3, 1, 1, bias=False)
        self.norm = first_norm(kind, c_in)
        blocks = []
        for stage in range(3):
            for i in range((depth - 2) // 6):
                c = 16 * width << stage
                blocks.append(Block(kind, c_in, c, 2 if stage and i == 0 else 1))
                c_in = c
        self.blocks = nn.Sequential(*blocks)
        self.classifier = nn.Linear(c_in, classes)

    def forward(self, x):
        return self.classifier(self.blocks(activate(self.norm, self.conv(x))).mean((2, 3)))


class VGG11(nn.Module):
    def __init__(self, k, classifier):
        super().__init__()
        channels = (4, 8, 16, 16, 32, 32, 32, 32)
        self.convs = nn.ModuleList(nn.Conv2d(k * i if n else 3, k * o, 3, 1, 1)
                                   for n, (i, o) in enumerate(zip((0, *channels), channels)))
        self.classifier = classifier

    def forward(self, x):
        for n, conv in enumerate(self.convs):
            x = F.relu(conv(x), True)
            if n in (0, 1, 3, 5, 7):
                x = F.max_pool2d(x, 2)
        return self.classifier(x.flatten(1))


def relay_classifier(c_in, c, classes):
    return nn.Sequential(nn.Dropout(), nn.Linear(c_in, c), nn.ReLU(True), nn.Dropout(), nn.Linear(c, c), nn.ReLU(True),
                         nn.Linear(c, classes))


class TextCNN(nn.Module):
    """sparse: the embedding's gradient is a sparse tensor, which SGD takes without momentum and decay."""

    def __init__(self, vocabulary, width, maps, percent, classes, sparse):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width, sparse=sparse)
        self.convs = nn.ModuleList(nn.Conv1d(width, maps, k) for k in (3, 4, 5))
        self.dropout = nn.Dropout(percent / 100)
        self.classifier = nn.Linear(3 * maps, classes)

    def forward(self, x):
        x = self.embedding(x).transpose(1, 2)
        return self.classifier(self.dropout(torch.cat([F.relu(c(x)).amax(2) for c in self.convs], 1)))


def build(name, classes=10, sparse=False, pixels=(32, 32)):
    """pixels: the height and width of images; VGG-11's classifier sees a 32nd of each."""
    if m := re.fullmatch(r"resnet(\d+)-(bn|gn|evonorm)(?:-w(\d+))?", name):
        return ResNet(int(m[1]), m[2], int(m[3] or 1), classes)
    if m := re.fullmatch(r"vgg11(-relay)?-w(\d+)", name):
        k, seen = 32 * int(m[2]), pixels[0] // 32 * (pixels[1] // 32)
        return VGG11(int(m[2]), relay_classifier(k * seen, k, classes) if m[1] else nn.Linear(k * seen, classes))
    if m := re.fullmatch(r"textcnn-v(\d+)-e(\d+)-c(\d+)(?:-d(\d+))?", name):
        return TextCNN(int(m[1]), int(m[2]), int(m[3]), int(m[4] or 0), classes, sparse)
    sys.exit(f"no model is called '{name}'")
