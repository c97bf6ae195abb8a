/* exact-diffusion (Yuan, Ying, Zhao and Sayed, IEEE Trans. Signal Processing 67(3), 2019):
 * diffusion (adapt, then combine) with the bias of the last step removed, on V = (I + W) / 2:
 *
 *   psi = x - lr g
 *   phi = psi + x - psi_prev
 *   x+  = V phi
 *   psi_{-1} = x_0
 *
 * The method forms V itself, so it is stable on any symmetric W without `lazy`.  At a constant
 * learning rate it equals d2 on the lazy matrix.
 * S0: c = x - psi_prev.  Between before_mix and after_mix the gradient's slot holds psi. */
#include "algorithms/corrected.h"

static void adapt_and_correct(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], lr = (real)k.lr;
    const real *c = w->vec[S0];
    for (size_t i = 0; i < w->d; i++) {
        g[i] = x[i] - lr * g[i];
        x[i] = g[i] + c[i];
    }
}

static void combine(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *c = w->vec[S0];
    const real *psi = w->vec[G];
    for (size_t i = 0; i < w->d; i++) {
        x[i] = (psi[i] + c[i] + x[i]) / 2;
        c[i] = x[i] - psi[i];
    }
}

const struct algorithm algorithm_exact_diffusion = {.about = "exact diffusion, on (I + W) / 2",
                                                    .n_state = 1,
                                                    .mixed = BIT(X),
                                                    .every_step = CORRECTED,
                                                    .before_mix = adapt_and_correct,
                                                    .after_mix = combine};
