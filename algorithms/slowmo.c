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
 * t = 0, and m is not reset by it.  A round that averages does not mix x first, since mixing would
 * not change the mean.  An average at lr = 0 leaves s and o unchanged.
 * S0: m.  S1: o.  S2: s. */
#include "algorithms/algorithms.h"
#include "algorithms/momentum.h"
#include <string.h>

static int is_due(const struct hyper *h, struct tick k)
{
    return k.step % h->tau == 0;
}

static void local_step(struct worker *w, const struct hyper *h, struct tick k)
{
    real *x = w->vec[X], *m = w->vec[S0], beta = (real)h->momentum, lr = (real)k.lr;
    const real *g = w->vec[G];
    if (k.step == 0)
        memcpy(w->vec[S1], x, w->d * sizeof(real));
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * momentum_step(&m[i], g[i], beta, 1);
}

static void slow_step(struct worker *w, const struct hyper *h, struct tick k)
{
    real *x = w->vec[X], *o = w->vec[S1], *s = w->vec[S2];
    real beta = (real)h->slow_beta, lr = (real)k.lr, rate = (real)(h->slow_lr * k.lr);
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
                                           .uses = USES_MOMENTUM | USES_TAU | USES_SLOW,
                                           .before_mix = local_step,
                                           .after_mix = slow_step};
