/* sgd: SGD with or without momentum: one step on the gradient in G, before or after gossip.
 *   m <- beta m + g
 *   x <- x - lr g               plain
 *   x <- x - lr m               heavy ball (Polyak 1964)
 *   x <- x - lr (g + beta m)    Nesterov
 * dsgd, dsgdm, dsgdm-n: decentralized SGD (Lian, Zhang, Zhang, Hsieh, Zhang and Liu: Can
 *   Decentralized Algorithms Outperform Centralized Algorithms?, NeurIPS 2017): the step uses the
 *   worker's own gradient and momentum, then x <- W x.  The momentum is never mixed.
 * sgd, sgdm, sgdm-n: centralized SGD, the upper line of the QGM paper's tables: g is averaged
 *   exactly over all workers before the step; the topology is not used.
 * S0: momentum m. */
#include "algorithms/gradient_step.h"
#include "algorithms/momentum.h"

static void descend(struct worker *w, double beta_, double lr_, int nesterov)
{
    real *x = w->vec[X], *m = w->vec[S0], beta = (real)beta_, lr = (real)lr_;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * momentum_step(&m[i], g[i], beta, nesterov);
}

static void heavy_ball(struct worker *w, const union value *h, struct tick k)
{
    descend(w, h[MOMENTUM].number, k.lr, 0);
}

static void nesterov(struct worker *w, const union value *h, struct tick k)
{
    descend(w, h[MOMENTUM].number, k.lr, 1);
}

const struct algorithm algorithm_dsgd = {
    .about = "decentralized SGD", .mixed = BIT(X), .before_mix = gradient_step};
const struct algorithm algorithm_dsgdm = {.about = "decentralized SGD, local heavy-ball momentum",
                                          .n_state = 1,
                                          .mixed = BIT(X),
                                          .parameter = momentum_parameters,
                                          .before_mix = heavy_ball};
const struct algorithm algorithm_dsgdm_n = {.about = "decentralized SGD, local Nesterov momentum",
                                            .n_state = 1,
                                            .mixed = BIT(X),
                                            .parameter = momentum_parameters,
                                            .before_mix = nesterov};

/* Why they take no local steps. */
static const char averages_gradients[] =
    "it averages the gradients of every step (dsgd on the complete graph is local SGD)";

const struct algorithm algorithm_sgd = {.about = "centralized SGD",
                                        .averaged = BIT(G),
                                        .every_step = averages_gradients,
                                        .after_mix = gradient_step};
const struct algorithm algorithm_sgdm = {.about = "centralized SGD, heavy-ball momentum",
                                         .n_state = 1,
                                         .averaged = BIT(G),
                                         .every_step = averages_gradients,
                                         .parameter = momentum_parameters,
                                         .after_mix = heavy_ball};
const struct algorithm algorithm_sgdm_n = {.about = "centralized SGD, Nesterov momentum",
                                           .n_state = 1,
                                           .averaged = BIT(G),
                                           .every_step = averages_gradients,
                                           .parameter = momentum_parameters,
                                           .after_mix = nesterov};
