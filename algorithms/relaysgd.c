/* relaysgd, relaysgd-dsgdm-n: RelaySGD (Vogels, He, Koloskova, Lin, Karimireddy, Stich and Jaggi,
 * NeurIPS 2021, Algorithm 1).  On a tree, messages are relayed, not averaged: every worker's model
 * reaches every other worker with weight 1 / n, delayed by one round per edge of the path.
 *
 *   x'_i     = x_i - lr u_i
 *   m_{i->j} = x'_i + sum_{k != j} m_{k->i}        (the m_{k->i} of the last round)
 *   c_{i->j} = 1    + sum_{k != j} c_{k->i}        (counts, in the same way)
 *   x_i+     = (x'_i + sum_j m_{j->i}) / (1 + sum_j c_{j->i})
 *
 *   relaysgd:           u = g
 *   relaysgd-dsgdm-n:   m <- beta m + g;  u = g + beta m     (local Nesterov, as in the paper)
 *
 * Where messages may be lost, the worker's last model takes the place of every model that is
 * missing, as in the paper's experiment with unreliable networks (table 5, and its code):
 *
 *   c     = 1 + sum_j c_{j->i}
 *   x_i+  = (x'_i + sum_j m_{j->i} + (n - c) x_i) / n
 *
 * gossip/relay.c keeps the messages.  The counts are relayed as the weight x[d].
 * S0: m.  G: the last model x between before_mix and after_mix. */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"
#include "algorithms/weighted.h"

static void step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real now = x[i];
        x[i] -= lr * g[i];
        g[i] = now;
    }
    x[w->d] = 1;
}

static void momentum(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], *m = w->vec[S0];
    real beta = (real)h[MOMENTUM].number, lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real now = x[i];
        x[i] -= lr * momentum_step(&m[i], g[i], beta, 1);
        g[i] = now;
    }
    x[w->d] = 1;
}

static void divide(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], missing = (real)k.n_expected - x[w->d];
    const real *last = w->vec[G];
    if (missing > 0) {
        for (size_t i = 0; i < w->d; i++)
            x[i] += missing * last[i];
        x[w->d] += missing;
    }
    weighted_divide(w, h, k);
}

const struct algorithm algorithm_relaysgd = {.about = "RelaySGD",
                                             .relayed = 1,
                                             .traits = DELAYED,
                                             .weighted = 1,
                                             .needs = NEEDS_TREE,
                                             .whole = 1,
                                             .before_mix = step,
                                             .after_mix = divide};
const struct algorithm algorithm_relaysgd_dsgdm_n = {.about = "RelaySGD on local Nesterov momentum",
                                                     .n_state = 1,
                                                     .relayed = 1,
                                                     .traits = DELAYED,
                                                     .weighted = 1,
                                                     .needs = NEEDS_TREE,
                                                     .parameter = momentum_parameters,
                                                     .whole = 1,
                                                     .before_mix = momentum,
                                                     .after_mix = divide};
