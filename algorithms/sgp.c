/* sgp, sgp-qg: push-sum on directed graphs, where the columns of W sum to 1 but the rows need not:
 * each worker divides its value among the workers that it sends to and itself.  Every
 * worker has a weight w that is mixed like its parameters; z = x / w removes the bias caused by
 * unequal row sums.
 *
 * sgp: stochastic gradient push (Assran, Loizou, Ballas and Rabbat, ICML 2019, Algorithm 1):
 *
 *   x' = x - lr g(z)
 *   x+ = W x'
 *   w+ = W w
 *   z+ = x+ / w+
 *   w_0 = 1
 *
 * sgp-qg: sgp with the Nesterov step of quasi-global momentum on the de-biased models (Lin et al.
 * 2021, Algorithm 1, with z instead of x; the combination is ours and in neither paper):
 *
 *   u  = g + beta (beta m + g)
 *   x' = x - lr u
 *   m follows (z - z+) / lr, as in qg-dsgdm-n
 *
 * Where the rows of W also sum to 1, all w stay 1, and these are dsgd and qg-dsgdm-n.
 * X: z, or x between before_mix and after_mix; X[d]: w.  S0, S1: m, a of qg_dsgdm.c. */
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

static void push(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], weight = weight_of(w, k), lr = (real)k.lr;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        x[i] = weight * x[i] - lr * g[i];
}

static void push_momentum(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], weight = weight_of(w, k);
    real beta = (real)h[QG_BETA].number, lr = (real)k.lr;
    const real *m = w->vec[S0];
    for (size_t i = 0; i < w->d; i++) {
        real u = g[i] + beta * (beta * m[i] + g[i]);
        g[i] = x[i];
        x[i] = weight * x[i] - lr * u;
    }
}

static void remove_bias_and_follow(struct worker *w, const union value *h, struct tick k)
{
    weighted_divide(w, h, k);
    quasi_global_follow(w, h, k);
}

const struct algorithm algorithm_sgp = {.about = "stochastic gradient push",
                                        .mixed = BIT(X),
                                        .weighted = 1,
                                        .needs = NEEDS_DIRECTED,
                                        .undirected = "dsgd",
                                        .whole = 1,
                                        .before_mix = push,
                                        .after_mix = weighted_divide};
const struct algorithm algorithm_sgp_qg = {.about =
                                               "stochastic gradient push, quasi-global momentum",
                                           .n_state = 2,
                                           .mixed = BIT(X),
                                           .weighted = 1,
                                           .needs = NEEDS_DIRECTED,
                                           .undirected = "qg-dsgdm-n",
                                           .parameter = quasi_global_parameters,
                                           .whole = 1,
                                           .before_mix = push_momentum,
                                           .after_mix = remove_bias_and_follow};
