/* d2, d2-plus, d2-dsgdm-n: D^2, which removes the effect of heterogeneous data from the steps.
 * Stable only on a symmetric W with all eigenvalues above -1/3; every `lazy` W satisfies this.
 *
 * d2 (Tang, Lian, Yan, Zhang and Liu, ICML 2018), with the last gradient at the current rate:
 *   x+ = W (2 x - x_prev - lr (g - g_prev))
 *   x+ = W (x - lr g)                          in the first round
 * S0: x_prev.  S1: g_prev.
 *
 * d2-plus (Lin et al. 2021): the last difference of models is divided by its own rate, so that a
 * change of the rate does not break the correction; equals d2 at a constant rate:
 *   x+ = W (x - lr (c + g))
 *   c+ = (x - x+) / lr - g
 * A round at lr = 0 has no such difference and resets c to 0.
 * S0: c, and x between before_mix and after_mix.
 *
 * d2-dsgdm-n: D^2 as a correction of the local Nesterov step u, the method that RelaySGD was
 * compared with (Vogels et al., NeurIPS 2021, and its code); equals d2 at beta = 0 and a constant
 * rate:
 *   m <- beta m + g
 *   u  = g + beta m
 *   x+ = W (x - lr u + c)
 *   c+ = x+ - (x - lr u)
 * S0: m.  S1: c.  Between before_mix and after_mix the slot of the gradient holds x - lr u. */
#include "algorithms/algorithms.h"
#include "algorithms/corrected.h"
#include "algorithms/momentum.h"

static void d2_step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *x_prev = w->vec[S0], *g_prev = w->vec[S1], lr = (real)k.lr;
    const real *g = w->vec[G];
    int first = k.step == 0;
    for (size_t i = 0; i < w->d; i++) {
        real now = x[i];
        x[i] = first ? now - lr * g[i] : 2 * now - x_prev[i] - lr * (g[i] - g_prev[i]);
        x_prev[i] = now, g_prev[i] = g[i];
    }
}

static void plus_step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *c = w->vec[S0], lr = (real)k.lr;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++) {
        real now = x[i];
        x[i] = now - lr * (c[i] + g[i]);
        c[i] = now;
    }
}

static void plus_correct(struct worker *w, const union value *h, struct tick k)
{
    real *c = w->vec[S0], lr = (real)k.lr;
    const real *x = w->vec[X], *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        c[i] = k.lr == 0 ? 0 : (c[i] - x[i]) / lr - g[i];
}

static void momentum_and_correction(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], *m = w->vec[S0];
    const real *c = w->vec[S1];
    real beta = (real)h[MOMENTUM].number, lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        g[i] = x[i] - lr * momentum_step(&m[i], g[i], beta, 1);
        x[i] = g[i] + c[i];
    }
}

static void correct(struct worker *w, const union value *h, struct tick k)
{
    real *c = w->vec[S1];
    const real *x = w->vec[X], *stepped = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        c[i] = x[i] - stepped[i];
}

const struct algorithm algorithm_d2 = {.about = "D^2",
                                       .n_state = 2,
                                       .mixed = BIT(X),
                                       .needs = NEEDS_D2_STABLE,
                                       .every_step = CORRECTED,
                                       .before_mix = d2_step};
const struct algorithm algorithm_d2_plus = {.about = "D^2 that allows the rate to change",
                                            .n_state = 1,
                                            .mixed = BIT(X),
                                            .needs = NEEDS_D2_STABLE,
                                            .every_step = CORRECTED,
                                            .before_mix = plus_step,
                                            .after_mix = plus_correct};
const struct algorithm algorithm_d2_dsgdm_n = {.about =
                                                   "D^2 as a correction of local Nesterov momentum",
                                               .n_state = 2,
                                               .mixed = BIT(X),
                                               .needs = NEEDS_D2_STABLE,
                                               .every_step = CORRECTED,
                                               .parameter = momentum_parameters,
                                               .before_mix = momentum_and_correction,
                                               .after_mix = correct};
