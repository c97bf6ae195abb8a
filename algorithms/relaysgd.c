/* relaysgd, relaysgd-dsgdm-n: RelaySGD (Vogels, He, Koloskova, Lin, Karimireddy, Stich and Jaggi,
 * NeurIPS 2021, Algorithm 1): on a tree, messages are not averaged away but passed on, so that
 * every worker's model reaches every other with the weight 1 / n, as many rounds late as it is far
 * away: x' = x - lr u m_{i->j} = x'_i + sum_{k != j} m_{k->i} of the last round;   counts c_{i->j}
 * likewise, from 1 x+ = (x' + sum_j m_{j->i}) / (1 + sum_j c_{j->i}) relaysgd: u = g.
 * relaysgd-dsgdm-n: u the local Nesterov step, as in the paper's experiments, m <- beta m + g;   u
 * = g + beta m The messages are gossip's (gossip/relay.c).  The count is the weight behind x.  S0:
 * m. */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"
#include "algorithms/weighted.h"

static void step(struct worker *w, const struct hyper *h, struct tick k)
{
    (void)h;
    real *x = w->vec[X], lr = (real)k.lr;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * g[i];
    x[w->d] = 1;
}

static void momentum(struct worker *w, const struct hyper *h, struct tick k)
{
    real *x = w->vec[X], *m = w->vec[S0], beta = (real)h->momentum, lr = (real)k.lr;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * momentum_step(&m[i], g[i], beta, 1);
    x[w->d] = 1;
}

static void divide(struct worker *w, const struct hyper *h, struct tick k)
{
    (void)h, (void)k;
    weighted_divide(w);
}

const struct algorithm algorithm_relaysgd = {.about = "RelaySGD",
                                             .relayed = 1,
                                             .weighted = 1,
                                             .needs = NEEDS_TREE,
                                             .before_mix = step,
                                             .after_mix = divide};
const struct algorithm algorithm_relaysgd_dsgdm_n = {.about = "RelaySGD on local Nesterov momentum",
                                                     .n_state = 1,
                                                     .relayed = 1,
                                                     .weighted = 1,
                                                     .needs = NEEDS_TREE,
                                                     .uses = USES_MOMENTUM,
                                                     .before_mix = momentum,
                                                     .after_mix = divide};
