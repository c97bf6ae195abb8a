/* dadam, qg-dadam, qg-dadam-stable: decentralized Adam, and Adam with quasi-global moments (Lin,
 * Karimireddy, Stich and Jaggi, ICML 2021).  All make a step of Adam (Kingma and Ba 2015) and mix:
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
#include "algorithms/adam.h"
#include <math.h>

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

/* 1 / (||x - x'|| + 1e-8), from SUMS sums kept side by side, so that no addition waits for the
 * previous one. */
static double inverse_norm(const struct worker *w)
{
    enum { SUMS = 16 };
    const real *x = w->vec[X], *before = w->vec[G];
    double sum[SUMS] = {0}, square = 0;
    size_t i = 0;
    for (; i + SUMS <= w->d; i += SUMS)
        for (int k = 0; k < SUMS; k++) {
            double e = (double)(before[i + (size_t)k] - x[i + (size_t)k]);
            sum[k] += e * e;
        }
    for (; i < w->d; i++) {
        double e = (double)(before[i] - x[i]);
        sum[0] += e * e;
    }
    for (int k = 0; k < SUMS; k++)
        square += sum[k];
    return 1 / (sqrt(square) + 1e-8);
}

/* Update m, if `moves_m`, and v with e. */
static void follow(struct worker *w, const union value *h, int moves_m)
{
    real *m = w->vec[S0], *v = w->vec[S1], beta1 = (real)h[BETA1].number;
    real beta2 = (real)h[BETA2].number, rest2 = (real)(1 - h[BETA2].number);
    double scale = inverse_norm(w);
    real scale1 = (real)((1 - h[BETA1].number) * scale), scale2 = (real)scale;
    const real *x = w->vec[X], *before = w->vec[G];
    for (size_t i = 0; i < w->d; i++) {
        real moved = before[i] - x[i], e = moved * scale2;
        if (moves_m)
            m[i] = beta1 * m[i] + scale1 * moved;
        v[i] = beta2 * v[i] + rest2 * e * e;
    }
}

static void follow_square(struct worker *w, const union value *h, struct tick k)
{
    (void)k;
    follow(w, h, 0);
}

static void follow_both(struct worker *w, const union value *h, struct tick k)
{
    (void)k;
    follow(w, h, 1);
}

/* Why the quasi-global forms take no local steps. */
static const char follows_mixing[] = "its moments follow the difference between mixed models";

const struct algorithm algorithm_dadam = {.about = "decentralized Adam",
                                          .n_state = 2,
                                          .mixed = BIT(X),
                                          .parameter = adam_parameters,
                                          .traits = NOT_LINEAR,
                                          .before_mix = adam};
const struct algorithm algorithm_qg_dadam = {.about = "quasi-global Adam",
                                             .n_state = 2,
                                             .mixed = BIT(X),
                                             .parameter = adam_parameters,
                                             .traits = NOT_LINEAR,
                                             .whole = 1,
                                             .every_step = follows_mixing,
                                             .before_mix = quasi_global,
                                             .after_mix = follow_both};
const struct algorithm algorithm_qg_dadam_stable = {
    .about = "quasi-global Adam with the first moment of local gradients",
    .n_state = 2,
    .mixed = BIT(X),
    .parameter = adam_parameters,
    .traits = NOT_LINEAR,
    .whole = 1,
    .every_step = follows_mixing,
    .before_mix = half_quasi_global,
    .after_mix = follow_square};
