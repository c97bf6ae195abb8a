/* gt, gt-dsgdm-n, gt-atc, gt-atc-dsgdm-n: gradient tracking: y follows the mean of the workers'
 * gradients, and mean(y) = mean(g) always.  u is y, or its Nesterov momentum (-dsgdm-n):
 *   m <- beta m + y
 *   u  = y + beta m
 * Combine, then adapt (DIGing: Nedic, Olshevsky and Shi 2017; the QGM paper's code):
 *   y   = W y_prev + g - g_prev
 *   x+  = W x - lr u
 *   y_0 = g_0
 * Adapt, then combine (gt-atc: Xu et al. 2015; ATC-DIGing: Nedic et al. 2017), which mixes twice in
 * a round:
 *   y   = W (y_prev + g - g_prev)
 *   x+  = W (x - lr u)
 *   y_0 = W g_0
 * S0: y.  S1: g_prev.  S2: m.  In the first form the slot of the gradient holds u after
 * before_mix, so that the step is that of plain SGD. */
#include "algorithms/gradient_step.h"
#include "algorithms/momentum.h"

static void track(struct worker *w, const union value *h, struct tick k)
{
    real *y = w->vec[S0], *g_prev = w->vec[S1];
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        y[i] += g[i] - g_prev[i], g_prev[i] = g[i];
}

static void track_plain(struct worker *w, const union value *h, struct tick k)
{
    real *u = w->vec[G];
    const real *y = w->vec[S0];
    track(w, h, k);
    for (size_t i = 0; i < w->d; i++)
        u[i] = y[i];
}

static void track_nesterov(struct worker *w, const union value *h, struct tick k)
{
    real *u = w->vec[G], *m = w->vec[S2], beta = (real)h[MOMENTUM].number;
    const real *y = w->vec[S0];
    track(w, h, k);
    for (size_t i = 0; i < w->d; i++)
        u[i] = momentum_step(&m[i], y[i], beta, 1);
}

static void adapt(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], lr = (real)k.lr;
    const real *y = w->vec[S0];
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * y[i];
}

static void adapt_nesterov(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *m = w->vec[S2], beta = (real)h[MOMENTUM].number, lr = (real)k.lr;
    const real *y = w->vec[S0];
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * momentum_step(&m[i], y[i], beta, 1);
}

const struct algorithm algorithm_gt = {.about = "gradient tracking, combine then adapt",
                                       .n_state = 2,
                                       .mixed = BIT(X) | BIT(S0),
                                       .before_mix = track_plain,
                                       .after_mix = gradient_step};
const struct algorithm algorithm_gt_dsgdm_n = {
    .about = "gradient tracking, combine then adapt, Nesterov momentum",
    .n_state = 3,
    .mixed = BIT(X) | BIT(S0),
    .parameter = momentum_parameters,
    .before_mix = track_nesterov,
    .after_mix = gradient_step};
const struct algorithm algorithm_gt_atc = {.about = "gradient tracking, adapt then combine",
                                           .n_state = 2,
                                           .mixed_first = BIT(S0),
                                           .mixed = BIT(X),
                                           .before_mix = track,
                                           .between = adapt};
const struct algorithm algorithm_gt_atc_dsgdm_n = {
    .about = "gradient tracking, adapt then combine, Nesterov momentum",
    .n_state = 3,
    .mixed_first = BIT(S0),
    .mixed = BIT(X),
    .parameter = momentum_parameters,
    .before_mix = track,
    .between = adapt_nesterov};
