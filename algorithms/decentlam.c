/* decentlam: large-batch decentralized momentum (Yuan et al., ICCV 2021): heavy-ball momentum on
 * the gradient of the penalty form, which contains both the step and the mixing:
 *   p  = (x - W (x - lr g)) / lr
 *   m <- beta m + p
 *   x+ = x - lr m
 * A round at lr = 0 mixes x and leaves m unchanged.
 * S0: m.  Between before_mix and after_mix the slot of the gradient holds x. */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"

static void step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real before = x[i];
        x[i] = before - lr * g[i];
        g[i] = before;
    }
}

static void gather_momentum(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *m = w->vec[S0], beta = (real)h[MOMENTUM].number, lr = (real)k.lr;
    const real *before = w->vec[G];
    if (k.lr == 0)
        return;
    for (size_t i = 0; i < w->d; i++) {
        m[i] = beta * m[i] + (before[i] - x[i]) / lr;
        x[i] = before[i] - lr * m[i];
    }
}

const struct algorithm algorithm_decentlam = {.about = "momentum on the penalty gradient",
                                              .n_state = 1,
                                              .mixed = BIT(X),
                                              .parameter = momentum_parameters,
                                              .before_mix = step,
                                              .after_mix = gather_momentum};
