/* slowmo: slow momentum (Wang, Tantia, Ballas and Rabbat, ICLR 2020) over dsgdm-n:
 *
 *   m <- beta m + g
 *   x <- W (x - lr (g + beta m))
 *   if t mod tau = 0:
 *     x <- mean x
 *     s <- slow_beta s + (o - x) / lr
 *     o <- o - slow_lr lr s
 *     x <- o
 *
 * o, the outer iterate, starts at x_0.  As in the QGM paper's code, the average is also taken at
 * t = 0 and does not reset m.  A round that averages does not mix x first, since mixing would
 * not change the mean.  An average at lr = 0 leaves s and o unchanged.
 * S0: m.  S1: o.  S2: s. */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"
#include "algorithms/periodic_average.h"
#include <string.h>

enum { BETA, TAU, SLOW_BETA, SLOW_LR };
static const struct parameter parameters[] = {
    [BETA] = PARAMETER_MOMENTUM,
    [TAU] = PARAMETER_TAU,
    [SLOW_BETA] = {"slow_beta", 0.7, 0, 1, "factor of the slow momentum"},
    [SLOW_LR] = {"slow_lr", 1, 1e-12, 1e6, "learning rate of the slow momentum"},
    {0}};

static int is_due(const union value *h, struct tick k)
{
    return k.step % (int)h[TAU].number == 0;
}

static void local_step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *m = w->vec[S0], beta = (real)h[BETA].number, lr = (real)k.lr;
    const real *g = w->vec[G];
    if (k.step == 0)
        memcpy(w->vec[S1], x, w->d * sizeof(real));
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * momentum_step(&m[i], g[i], beta, 1);
}

static void slow_step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *o = w->vec[S1], *s = w->vec[S2];
    real beta = (real)h[SLOW_BETA].number, lr = (real)k.lr, rate = (real)(h[SLOW_LR].number * k.lr);
    if (!is_due(h, k) || k.lr == 0)
        return;
    for (size_t i = 0; i < w->d; i++) {
        s[i] = beta * s[i] + (o[i] - x[i]) / lr;
        x[i] = o[i] -= rate * s[i];
    }
}

const struct algorithm algorithm_slowmo = {.about = "slow momentum over dsgdm-n",
                                           .n_state = 3,
                                           .mixed = BIT(X),
                                           .averaged = BIT(X),
                                           .averages = is_due,
                                           .parameter = parameters,
                                           .before_mix = local_step,
                                           .after_mix = slow_step};
