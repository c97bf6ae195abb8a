/* dadam, qg-dadam, qg-dadam-stable: decentralized Adam, and Adam with quasi-global moments (Lin et
 * al. 2021).  All take the step of Adam (Kingma and Ba 2015), then mix:
 *   x' = W (x - lr / (1 - beta1^(t+1)) p / (sqrt(q / (1 - beta2^(t+1))) + eps)),
 *   q = beta2 v + (1 - beta2) g^2
 * dadam and the stable form:       p = beta1 m + (1 - beta1) g
 *                                  m <- p
 * qg-dadam:                        p = beta1 m + g     (weight 1, as in the experiments)
 *                                  m <- beta1 m + (1 - beta1) e
 * where e = (x - x') / (||x - x'|| + 1e-8), with each worker's own 2-norm
 * dadam:                           v <- q
 * qg-dadam and the stable form:    v <- beta2 v + (1 - beta2) e^2
 * The paper's experiments ran qg-dadam; the stable form is the later published code.
 * S0: m.  S1: v.  Between before_mix and after_mix the slot of the gradient holds x. */
#include "algorithms/algorithms.h"
#include <math.h>

enum { BETA1, BETA2, EPS };
static const struct parameter parameters[] = {
    [BETA1] = {"beta1", 0.9, 0, BELOW_ONE, "factor of Adam's average of gradients"},
    [BETA2] = {"beta2", 0.99, 0, BELOW_ONE, "factor of Adam's average of squared gradients"},
    [EPS] = {"eps", 1e-8, 1e-30, 1, "added to the root of Adam's average of squared gradients"},
    {0}};

#ifdef REAL_DOUBLE
#define root sqrt
#else
#define root sqrtf
#endif

/* Compute p = beta1 m + weight g and q; with `keeps_p` p becomes m, with `keeps_q` q becomes v. */
static void adam_step(struct worker *w, const union value *h, struct tick k, double weight_,
                      int keeps_p, int keeps_q)
{
    real *x = w->vec[X], *g = w->vec[G], *m = w->vec[S0], *v = w->vec[S1];
    real beta1 = (real)h[BETA1].number, beta2 = (real)h[BETA2].number,
         rest2 = (real)(1 - h[BETA2].number);
    real lr = (real)(k.lr / (1 - pow(h[BETA1].number, k.step + 1.0))), weight = (real)weight_;
    real scale = (real)sqrt(1 - pow(h[BETA2].number, k.step + 1.0)), eps = (real)h[EPS].number;
    for (size_t i = 0; i < w->d; i++) {
        real p = beta1 * m[i] + weight * g[i], q = beta2 * v[i] + rest2 * g[i] * g[i];
        g[i] = x[i];
        x[i] -= lr * p / (root(q) / scale + eps);
        m[i] = keeps_p ? p : m[i];
        v[i] = keeps_q ? q : v[i];
    }
}

static void adam(struct worker *w, const union value *h, struct tick k)
{
    adam_step(w, h, k, 1 - h[BETA1].number, 1, 1);
}

static void quasi_global(struct worker *w, const union value *h, struct tick k)
{
    adam_step(w, h, k, 1, 0, 0);
}

static void half_quasi_global(struct worker *w, const union value *h, struct tick k)
{
    adam_step(w, h, k, 1 - h[BETA1].number, 1, 0);
}

/* 1 / (||x - x'|| + 1e-8) */
static double inverse_norm(const struct worker *w)
{
    const real *x = w->vec[X], *before = w->vec[G];
    double square = 0;
    for (size_t i = 0; i < w->d; i++) {
        double e = (double)(before[i] - x[i]);
        square += e * e;
    }
    return 1 / (sqrt(square) + 1e-8);
}

static void follow_square(struct worker *w, const union value *h, struct tick k)
{
    real *v = w->vec[S1], beta2 = (real)h[BETA2].number, rest2 = (real)(1 - h[BETA2].number);
    real scale = (real)inverse_norm(w);
    const real *x = w->vec[X], *before = w->vec[G];
    for (size_t i = 0; i < w->d; i++) {
        real e = (before[i] - x[i]) * scale;
        v[i] = beta2 * v[i] + rest2 * e * e;
    }
}

static void follow_both(struct worker *w, const union value *h, struct tick k)
{
    real *m = w->vec[S0], beta1 = (real)h[BETA1].number;
    real scale = (real)((1 - h[BETA1].number) * inverse_norm(w));
    const real *x = w->vec[X], *before = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        m[i] = beta1 * m[i] + scale * (before[i] - x[i]);
    follow_square(w, h, k);
}

const struct algorithm algorithm_dadam = {.about = "decentralized Adam",
                                          .n_state = 2,
                                          .mixed = BIT(X),
                                          .parameter = parameters,
                                          .traits = NOT_LINEAR,
                                          .before_mix = adam};
const struct algorithm algorithm_qg_dadam = {.about = "quasi-global Adam",
                                             .n_state = 2,
                                             .mixed = BIT(X),
                                             .parameter = parameters,
                                             .traits = NOT_LINEAR,
                                             .before_mix = quasi_global,
                                             .after_mix = follow_both};
const struct algorithm algorithm_qg_dadam_stable = {
    .about = "quasi-global Adam with the first moment of local gradients",
    .n_state = 2,
    .mixed = BIT(X),
    .parameter = parameters,
    .traits = NOT_LINEAR,
    .before_mix = half_quasi_global,
    .after_mix = follow_square};
