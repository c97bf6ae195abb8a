/* sgp, sgp-qg: push-sum on directed graphs whose W has columns, not rows, that sum to 1: what a
 * worker sends adds up to what it had, whoever listens.  Each carries a weight w beside its
 * parameters, mixed in the same way, and z = x / w is free of the bias that unequal rows bring in.
 *
 * sgp: stochastic gradient push (Assran, Loizou, Ballas and Rabbat, ICML 2019, Algorithm 1):
 *   x' = x - lr g(z);   x+ = W x';   w+ = W w;   z+ = x+ / w+;   w_0 = 1
 *
 * sgp-qg: sgp with the Nesterov step of quasi-global momentum, which follows the de-biased models
 * (Lin et al. 2021, Algorithm 1, with the models of push-sum in the place of x; the papers have no
 * such method: the combination is ours):
 *   u = g + beta (beta m + g);   x' = x - lr u;   W as above;   m as in qg-dsgdm-n, by (z - z+) /
 * lr Where the rows sum to 1, too, all w stay 1, and these are dsgd and qg-dsgdm-n. X: z, and x
 * between before_mix and after_mix, with w behind it.  S0, S1: m, a of qg_dsgdm.c. */
#include "algorithms/algorithms.h"
#include "algorithms/quasi_global.h"
#include "algorithms/weighted.h"

static real weight_of(struct worker *w, struct tick k)
{
    real *x = w->vec[X];
    if (k.step == 0)
        x[w->d] = 1;
    return x[w->d];
}

static void push(struct worker *w, const struct hyper *h, struct tick k)
{
    (void)h;
    real *x = w->vec[X], weight = weight_of(w, k), lr = (real)k.lr;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        x[i] = weight * x[i] - lr * g[i];
}

static void push_momentum(struct worker *w, const struct hyper *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], weight = weight_of(w, k);
    real beta = (real)h->momentum, lr = (real)k.lr;
    const real *m = w->vec[S0];
    for (size_t i = 0; i < w->d; i++) {
        real u = g[i] + beta * (beta * m[i] + g[i]);
        g[i] = x[i];
        x[i] = weight * x[i] - lr * u;
    }
}

static void remove_bias(struct worker *w, const struct hyper *h, struct tick k)
{
    (void)h, (void)k;
    weighted_divide(w);
}

static void remove_bias_and_follow(struct worker *w, const struct hyper *h, struct tick k)
{
    remove_bias(w, h, k);
    quasi_global_follow(w, h, k);
}

const struct algorithm algorithm_sgp = {.about = "stochastic gradient push",
                                        .mixed = BIT(X),
                                        .weighted = 1,
                                        .needs = NEEDS_DIRECTED,
                                        .before_mix = push,
                                        .after_mix = remove_bias};
const struct algorithm algorithm_sgp_qg = {.about =
                                               "stochastic gradient push, quasi-global momentum",
                                           .n_state = 2,
                                           .mixed = BIT(X),
                                           .weighted = 1,
                                           .needs = NEEDS_DIRECTED,
                                           .uses = USES_MOMENTUM | USES_MU | USES_EVERY,
                                           .before_mix = push_momentum,
                                           .after_mix = remove_bias_and_follow};
