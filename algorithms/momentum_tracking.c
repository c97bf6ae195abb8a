/* momentum-tracking (Takezawa et al., TMLR 2023): heavy-ball momentum u of the worker's own
 * gradient and a correction c, whose sum over the workers is 0, so that u - c follows the mean
 * momentum:
 *   u <- beta u + g
 *   x+ = W x - lr (u - c)
 *   c+ = W (c - u) + u
 * The start is that of the published code (the paper starts from zeros), with f the first gradient
 * without weight decay and beta < 1:
 *   u = c = (f - mean f) / (1 - beta)
 * This mean is the only exact average that the method takes.
 *
 * Slots              S0   S1                      G between before_mix and after_mix
 *   in round 0       f    f during gossip         g
 *   in later rounds  u    c, c - u during gossip  u - c */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"

static int is_first(const union value *h, struct tick k)
{
    return k.step == 0;
}

static void gather_momentum(struct worker *w, const union value *h, struct tick k)
{
    real *u = w->vec[S0], *c = w->vec[S1], *g = w->vec[G];
    const real *x = w->vec[X];
    real beta = (real)h[MOMENTUM].number, decay = (real)k.weight_decay;
    for (size_t i = 0; i < w->d; i++)
        if (k.step == 0) {
            u[i] = c[i] = g[i] - decay * x[i];
        } else {
            u[i] = beta * u[i] + g[i];
            g[i] = u[i] - c[i];
            c[i] = -g[i];
        }
}

/* c_0 - u_0 is -mean f - weight_decay x_0; x_0 has already been mixed here. */
static void begin(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *u = w->vec[S0], *c = w->vec[S1];
    const real *g = w->vec[G];
    real beta = (real)h[MOMENTUM].number, decay = (real)k.weight_decay, lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real mean = c[i], c_0 = (u[i] - mean) / (1 - beta), mixed = x[i];
        u[i] = beta * c_0 + g[i];
        x[i] = mixed - lr * (u[i] - c_0);
        c[i] = u[i] - mean - decay * mixed;
    }
}

static void step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *c = w->vec[S1], lr = (real)k.lr;
    const real *u = w->vec[S0], *corrected = w->vec[G];
    if (k.step == 0) {
        begin(w, h, k);
        return;
    }
    for (size_t i = 0; i < w->d; i++) {
        x[i] -= lr * corrected[i];
        c[i] += u[i];
    }
}

const struct algorithm algorithm_momentum_tracking = {.about = "momentum tracking",
                                                      .n_state = 2,
                                                      .mixed = BIT(X) | BIT(S1),
                                                      .averaged = BIT(S1),
                                                      .averages = is_first,
                                                      .parameter = momentum_parameters,
                                                      .before_mix = gather_momentum,
                                                      .after_mix = step};
