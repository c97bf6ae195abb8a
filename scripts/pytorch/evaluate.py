#!/usr/bin/python3
"""Load parameters that gossipbench exported, and test them in PyTorch.

usage: evaluate.py MODEL DATA.npz [LOGITS.npz]

MODEL       by `gossipbench export`, .npz or .safetensors
DATA.npz    by `gossipbench data export`: its test samples
LOGITS.npz  by `gossipbench evaluate --out`: prints the largest difference from these
"""
import sys

import numpy as np
import torch

import files
import models


def logits_of(net, x, network):
    """In the batches of gossipbench, because batch statistics depend on them."""
    net.eval()
    with torch.inference_mode():
        return torch.cat([net(files.as_input(b, network)) for b in
                          np.split(x, range(network["eval_batch"], len(x), network["eval_batch"]))])


def main(model, data, logits=None):
    state, about = files.read_state(model)
    network = about["network"]
    net = models.build(about["config"]["model"], network["classes"], pixels=network["input"][1:])
    net.load_state_dict(state)
    arrays, _ = files.read(data)
    y, ours = torch.from_numpy(arrays["y_test"]), logits_of(net, arrays["x_test"], network)
    print(f"accuracy {100 * (ours.argmax(1) == y).double().mean():.2f} % of {len(y)}")
    if logits:
        theirs = torch.from_numpy(np.load(logits)["logits"])
        print(f"logits differ by at most {(ours - theirs).abs().max():.1e}, "
              f"the largest is {theirs.abs().max():.3g}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
