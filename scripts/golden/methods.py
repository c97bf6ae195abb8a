"""The methods that the executable specification in ../shared/oracle lacks, as it has the others, from
the equations of their papers; the file of each in algorithms/ says which, and where they depart.

They are written in the papers' variables with W at hand, not in the form that algorithms/*.c take.
`graphs` says on which graphs: "any", "static", or "tree".
"""
import numpy as np
from algorithms import DAdam, Method


class GUT(Method):
    """Global update tracking (Aketi et al. 2023, as published code): P is the model before mixing, W P the
    one where gradients are taken; with momentum QG-GUTm."""
    graphs = "static"

    def init(self, gut_mu=0.9, momentum=0.0, gutm_mu=None):
        self.beta, self.mu = momentum, gut_mu if gutm_mu is None else gutm_mu
        self.P, self.u, self.mixed, self.gossip, self.delta = None, 0.0, 0.0, 0.0, 0.0

    def round(self, X, G, W):
        P, gossip = (X, 0.0) if self.P is None else (self.P, (W @ self.P - self.P) / self.lr)
        delta = G - gossip
        y = delta + self.mu * (self.mixed - (1 + self.beta) * self.gossip - self.delta)
        self.u, self.gossip, self.delta = self.beta * self.u + y, gossip, delta
        self.P = P - self.lr * self.u
        # The last term is 0, except after round 0 if the workers begin with different models.
        self.mixed = W @ self.u + (X - W @ P) / self.lr
        return W @ self.P


class EDM(Method):
    """Exact diffusion with momentum (Hu et al. 2025) on V = (I + W) / 2."""
    graphs = "any"

    def init(self, momentum=0.9):
        self.beta, self.m, self.psi = momentum, 0.0, None

    def round(self, X, G, W):
        self.m = self.beta * self.m + (1 - self.beta) * G
        psi = X - self.lr * self.m
        phi = psi + X - (X if self.psi is None else self.psi)
        self.psi = psi
        return (np.eye(len(W)) + W) / 2 @ phi


class DAMSGrad(Method):
    """Decentralized AMSGrad (Chen et al. 2022, Algorithm 3)."""
    graphs = "any"

    def init(self, beta1=0.9, beta2=0.99, amsgrad_eps=1e-6):
        self.b1, self.b2, self.eps, self.m, self.v = beta1, beta2, amsgrad_eps, 0.0, 0.0
        self.v_hat = self.u_half = None

    def round(self, X, G, W):
        if self.v_hat is None:
            self.v_hat = self.u_half = np.full_like(X, self.eps)
        self.m = self.b1 * self.m + (1 - self.b1) * G
        self.v = self.b2 * self.v + (1 - self.b2) * G**2
        v_hat = np.maximum(self.v_hat, self.v)
        u_tilde = W @ self.u_half
        Y = W @ X - self.lr * self.m / np.sqrt(np.maximum(u_tilde, self.eps))
        self.u_half, self.v_hat = u_tilde - self.v_hat + v_hat, v_hat
        return Y


class RelayAdam(DAdam):
    """RelaySGD (Vogels et al. 2021, Algorithm 1) on local Adam; message and count from j to i at [i, j]."""
    graphs = "tree"
    message = count = None

    def round(self, X, G, W):
        Y = super().round(X, G, np.eye(len(X)))
        edge = (W != 0) & ~np.eye(len(W), dtype=bool)
        if self.message is None:
            self.message, self.count = np.zeros((len(X), *X.shape)), np.zeros(W.shape)
        message, count = np.zeros_like(self.message), np.zeros_like(self.count)
        for j, i in np.argwhere(edge.T):
            others = [k for k in np.flatnonzero(edge[j]) if k != i]
            message[i, j] = Y[j] + self.message[j, others].sum(axis=0)
            count[i, j] = 1 + self.count[j, others].sum()
        self.message, self.count = message, count
        return (Y + message.sum(axis=1)) / (1 + count.sum(axis=1, keepdims=True))


def top1(v):
    q = np.zeros_like(v)
    for row, out in zip(v, q):
        kept = np.argsort(-np.abs(row), kind="stable")[:-(-len(row) // 100)]
        out[kept] = row[kept]
    return q


def sign(v):
    return np.abs(v).mean(axis=1, keepdims=True) * np.where(v < 0, -1, 1)


def q8(v):
    unit = np.abs(v).max(axis=1, keepdims=True) / 127
    return np.where(unit > 0, np.rint(v / np.where(unit > 0, unit, 1)) * unit, v)


class BEER(Method):
    """BEER (Zhao et al. 2022, Algorithm 1), with the letters of the paper."""
    graphs = "static"
    float_error = 1e-2  # relative: in float, C may round or take a sign the other way

    def init(self, compress=None, gamma=0.1):
        self.C, self.gamma, self.V, self.H, self.G = compress, gamma, None, 0.0, 0.0

    def round(self, X, G, W):
        W = W - np.eye(len(W))
        if self.V is None:
            self.V, self.H, self.G = G.copy(), np.zeros_like(X), np.zeros_like(X)
        else:
            self.V = self.V + self.gamma * W @ self.G + G - self.grad
            self.G = self.G + self.C(self.V - self.G)
        self.grad = G.copy()
        X = X + self.gamma * W @ self.H - self.lr * self.V
        self.H = self.H + self.C(X - self.H)
        return X


METHODS = {
    "gut": (GUT, {}), "qg-gutm": (GUT, dict(momentum=0.9, gutm_mu=0.06)), "edm": (EDM, {}),
    "damsgrad": (DAMSGrad, {}), "relay-adam": (RelayAdam, {}), "beer-top1": (BEER, dict(compress=top1)),
    "beer-sign": (BEER, dict(compress=sign)), "beer-q8": (BEER, dict(compress=q8)),
}
ADAM = dict(beta1=0.7, beta2=0.9)
OTHERS = {
    "gut": (dict(gut_mu=0.5),), "qg-gutm": (dict(momentum=0.7, gutm_mu=0.2),), "edm": (dict(momentum=0.7),),
    "damsgrad": (dict(ADAM, amsgrad_eps=1e-3),), "relay-adam": (dict(ADAM, eps=1e-3),),
    "beer-top1": (dict(gamma=0.4),), "beer-sign": (dict(gamma=0.4),), "beer-q8": (dict(gamma=0.4),),
}
