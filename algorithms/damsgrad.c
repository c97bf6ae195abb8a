/* damsgrad: decentralized AMSGrad whose second moment is also gossiped (Chen, Karimi, Zhao and Li,
 * "On the convergence of decentralized adaptive gradient methods", ACML 2022, Algorithms 2 and 3):
 *   m   <- beta1 m + (1 - beta1) g
 *   v   <- beta2 v + (1 - beta2) g^2
 *   q    = max(q_prev, v)
 *   x+   = W x - lr m / sqrt(max(W a, eps))
 *   a+   = W a - q_prev + q
 *   q_{-1} = a_0 = eps;  m = v = 0
 * mean(a+) = mean(q) always, so the workers divide by almost the same numbers; otherwise the mean
 * of their steps would not be a step for the mean of their losses.  Moments that start at zero are
 * not corrected, and a is one round behind, so the first step is lr (1 - beta1) g / sqrt(eps): eps
 * must fit lr, or training must begin with a warm-up.  The paper writes v-hat for q and u-tilde for
 * a.
 * Sources: the paper's text was not at hand.  The factors (1 - beta), the maxima, the order of
 * mixing and eps = 1e-6 are those of class DAMSGrad in neural_network/ops.py of
 * github.com/cziqin/Automated_Stepsizes, by other authors, except that v begins at eps there.
 * S0: m.  S1: v.  S2: q.  S3: a. */
#include "algorithms/adam.h"
#include <math.h>

static const struct parameter parameters[] = {
    [BETA1] = PARAMETER_BETA1,
    [BETA2] = PARAMETER_BETA2,
    [EPS] = {"amsgrad_eps", 1e-6, 1e-30, 1,
             "first and least value of the second moment of damsgrad"},
    {0}};

static void average(struct worker *w, const union value *h, struct tick k)
{
    real *m = w->vec[S0], *v = w->vec[S1], *q = w->vec[S2], *a = w->vec[S3];
    const real *g = w->vec[G];
    real beta1 = (real)h[BETA1].number, rest1 = (real)(1 - h[BETA1].number);
    real beta2 = (real)h[BETA2].number, rest2 = (real)(1 - h[BETA2].number);
    for (size_t i = 0; i < w->d; i++) {
        m[i] = beta1 * m[i] + rest1 * g[i];
        v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
        if (k.step == 0)
            q[i] = a[i] = (real)h[EPS].number;
    }
}

static void step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *q = w->vec[S2], *a = w->vec[S3];
    const real *m = w->vec[S0], *v = w->vec[S1];
    real eps = (real)h[EPS].number, lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real most = q[i] > v[i] ? q[i] : v[i], u = a[i] > eps ? a[i] : eps;
        x[i] -= lr * m[i] / (real)sqrt((double)u);
        a[i] += most - q[i];
        q[i] = most;
    }
}

const struct algorithm algorithm_damsgrad = {.about = "decentralized AMSGrad",
                                             .n_state = 4,
                                             .mixed = BIT(X) | BIT(S3),
                                             .parameter = parameters,
                                             .traits = NOT_LINEAR,
                                             .before_mix = average,
                                             .after_mix = step};
