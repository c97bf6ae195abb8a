/* d2, d2-plus, d2-dsgdm-n: D^2, which takes the difference of the workers' data out of their steps.
 * Stable only on a symmetric W with all eigenvalues above -1/3, as any `lazy` one has.
 *
 * d2 (Tang, Lian, Yan, Zhang and Liu, ICML 2018), the last gradient at today's rate:
 *   x+ = W (2 x - x_prev - lr (g - g_prev));   first round: x+ = W (x - lr g)
 * S0: x_prev.  S1: g_prev.
 *
 * d2-plus (Lin et al. 2021): the last difference of models is kept divided by its own rate, so that
 * a change of the rate does not break the correction; the same as d2 at a constant rate:
 *   x+ = W (x - lr (c + g));   c+ = (x - x+) / lr - g
 * After a round at lr = 0, which has no such difference, c starts anew from 0.
 * S0: c, and x between before_mix and after_mix.
 *
 * d2-dsgdm-n: D^2 as a correction of the local Nesterov step u, as compared with RelaySGD (Vogels
 * et al., NeurIPS 2021, and its code); d2 at beta = 0 and a constant rate:
 *   m <- beta m + g;   u = g + beta m;   x+ = W (x - lr u + c);   c+ = x+ - (x - lr u)
 * S0: m.  S1: c.  Between before_mix and after_mix the slot of the gradient holds x - lr u. */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"

static void d2_step(struct worker *w, const union value *h, struct tick k)
{
    (void)h;
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
    (void)h;
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
    (void)h;
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
    (void)h, (void)k;
    real *c = w->vec[S1];
    const real *x = w->vec[X], *stepped = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        c[i] = x[i] - stepped[i];
}

const struct algorithm algorithm_d2 = {
    .about = "D^2", .n_state = 2, .mixed = BIT(X), .needs = NEEDS_D2_STABLE, .before_mix = d2_step};
const struct algorithm algorithm_d2_plus = {.about = "D^2 that stands a change of the rate",
                                            .n_state = 1,
                                            .mixed = BIT(X),
                                            .needs = NEEDS_D2_STABLE,
                                            .before_mix = plus_step,
                                            .after_mix = plus_correct};
const struct algorithm algorithm_d2_dsgdm_n = {.about =
                                                   "D^2 as a correction of local Nesterov momentum",
                                               .n_state = 2,
                                               .mixed = BIT(X),
                                               .needs = NEEDS_D2_STABLE,
                                               .parameter = momentum_parameters,
                                               .before_mix = momentum_and_correction,
                                               .after_mix = correct};
