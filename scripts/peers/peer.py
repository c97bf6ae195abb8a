#!/usr/bin/python3
"""PyTorch's samples per second at what scripts/peers/run.sh compares.

usage: peer.py step MODEL BATCH [SECONDS]         one thread; CPU time, as Google Benchmark's
       peer.py evaluation MODEL BATCH [SECONDS]
       peer.py experiment MODEL BATCH [ROUNDS]    16 processes of one thread; wall time

Prints the rate, the memory layout it was reached with (the faster one), parameters, version; for
texts, of 64 tokens, there is the choice of a dense and a sparse gradient of the embedding instead.
Batches of random images or tokens, as frequent as words (Zipf's law), are made before the clock starts:
unlike ours, PyTorch's experiment neither draws nor augments them.  Denormal numbers are flushed to zero; SGD is fused, or else works on
all tensors at once (foreach), if this version can.  run.sh chooses the allocator.
"""
import inspect
import os
import sys
import tempfile
import time

import torch
from torch import distributed, multiprocessing
from torch.nn import functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../pytorch"))
import models  # noqa: E402

LENGTH, WORKERS, WARM_UP = 64, 16, 2
LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
GRADIENTS = {"dense": False, "sparse": True}


def is_text(model):
    return model.startswith("textcnn")


def setup(model, batch, layout, seed=1):
    """The network, the same for every seed, and a batch."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    text = is_text(model)
    net = models.build(model, sparse=layout) if text else models.build(model).to(memory_format=layout)
    torch.manual_seed(seed)
    if text:
        x = (net.embedding.num_embeddings ** torch.rand(batch, LENGTH)).long() - 1
    else:
        x = torch.randn(batch, 3, 32, 32).to(memory_format=layout)
    return net, x, torch.randint(10, (batch,))


def report(model, rates):
    best = max(rates, key=rates.get)
    n = sum(p.numel() for p in models.build(model).parameters())
    print(f"{rates[best]:.1f} {best} {n} {torch.__version__}")


def samples_per_second(work, batch, seconds):
    for _ in range(WARM_UP):
        work()
    n, begin = 0, time.process_time()
    while time.process_time() - begin < seconds:
        work()
        n += 1
    return n * batch / (time.process_time() - begin)


def make_sgd(parameters, sparse):
    known = inspect.signature(torch.optim.SGD).parameters
    way = next((k for k in ("fused", "foreach") if k in known and not sparse), None)
    return torch.optim.SGD(parameters, lr=0.01, **({way: True} if way else {}))


def step(model, batch, layout, seconds):
    """Forward, cross-entropy, backward, SGD step."""
    net, x, y = setup(model, batch, layout)
    sgd = make_sgd(net.parameters(), sparse=layout is True)

    def work():
        sgd.zero_grad(set_to_none=True)
        F.cross_entropy(net(x), y).backward()
        sgd.step()

    return samples_per_second(work, batch, seconds)


def evaluation(model, batch, layout, seconds):
    """Forward only; ours also computes the loss and counts what is right."""
    net, x, _ = setup(model, batch, layout)
    net(x)  # so that there are running statistics
    net.eval()
    with torch.inference_mode():
        return samples_per_second(lambda: net(x), batch, seconds)


class Worker:
    """QG-DSGDm-N of a worker on a ring: parameters, gradient and momentum are one tensor each."""

    def __init__(self, net, rank, workers, lr=0.01, beta=0.9, mu=0.9, decay=1e-4):
        self.lr, self.beta, self.mu, self.decay = lr, beta, mu, decay
        self.neighbours = (rank - 1) % workers, (rank + 1) % workers
        d = sum(p.numel() for p in net.parameters())
        self.x, self.g, self.m = torch.zeros(d), torch.zeros(d), torch.zeros(d)
        self.old, self.left, self.right = torch.zeros(d), torch.zeros(d), torch.zeros(d)
        at = 0
        for p in net.parameters():  # become views, which keep the memory layout
            x, p.grad = (v.as_strided(p.shape, p.stride(), at) for v in (self.x, self.g))
            p.data = x.copy_(p.data)
            at += p.numel()

    def round(self, net, x, y):
        self.g.zero_()
        F.cross_entropy(net(x), y).backward()
        self.mix()

    @torch.no_grad()
    def mix(self):
        """The local step, x - lr (g + beta (beta m + g)), gossip, and m from what changed."""
        self.g.add_(self.x, alpha=self.decay)
        self.old.copy_(self.x)
        self.x.add_(self.g, alpha=-self.lr * (1 + self.beta))
        self.x.add_(self.m, alpha=-self.lr * self.beta ** 2)
        left, right = self.neighbours
        pending = [distributed.irecv(self.left, left), distributed.irecv(self.right, right),
                   distributed.isend(self.x, left), distributed.isend(self.x, right)]
        for request in pending:
            request.wait()
        self.x.add_(self.left).add_(self.right).mul_(1 / 3)
        self.m.mul_(self.mu).add_(self.old.sub_(self.x), alpha=(1 - self.mu) / self.lr)


def gossip(rank, model, batch, rounds, meeting):
    """What worker `rank` does."""
    distributed.init_process_group("gloo", "file://" + meeting, rank=rank, world_size=WORKERS)
    rates = {}
    for name, layout in LAYOUTS.items():
        net, x, y = setup(model, batch, layout, seed=2 + rank)
        worker = Worker(net, rank, WORKERS)
        for _ in range(WARM_UP):
            worker.round(net, x, y)
        distributed.barrier()
        begin = time.perf_counter()
        for _ in range(rounds):
            worker.round(net, x, y)
        distributed.barrier()
        rates[name] = rounds * WORKERS * batch / (time.perf_counter() - begin)
    if rank == 0:
        report(model, rates)
    distributed.destroy_process_group()


def main(what, model, batch, amount=None):
    batch = int(batch)
    if what == "experiment":
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        with tempfile.TemporaryDirectory() as folder:
            multiprocessing.start_processes(
                gossip, (model, batch, int(amount or 24), folder + "/meeting"), WORKERS,
                start_method="fork")
    else:
        work = {"step": step, "evaluation": evaluation}[what]
        choices = GRADIENTS if is_text(model) else LAYOUTS
        report(model, {k: work(model, batch, v, float(amount or 1.5)) for k, v in choices.items()})


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5) or sys.argv[1] not in ("step", "evaluation", "experiment"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
