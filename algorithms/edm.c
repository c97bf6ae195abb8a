/* edm: exact diffusion with momentum (Hu, Chen, Liu and Mao, arXiv 2501.19082, 2025): exact
 * diffusion (exact_diffusion.c) along a moving average of the worker's own gradients, on
 * V = (I + W) / 2:
 *   m   <- beta m + (1 - beta) g
 *   psi = x - lr m
 *   phi = psi + x - psi_prev
 *   x+  = V phi
 *   psi_{-1} = x_0
 * As in exact-diffusion the method forms V itself.  At beta = 0 it is exact-diffusion; at a
 * constant rate it is d2 on the lazy matrix with m in place of g.  Because of the factor
 * (1 - beta), steps are as large as those of dsgdm if the rate is 1 / (1 - beta) times that of
 * dsgdm.
 * Sources: the paper's text was not at hand.  Its recursion
 * x+ = W (2 x - x_prev - lr m + lr m_prev) is known from a summary by others; the factor (1 - beta)
 * of m, and V in place of W, are from memory.  Without that factor, (1 - beta) times the rate gives
 * the same steps.
 * S0: c = x - psi_prev.  S1: m.  Between before_mix and after_mix the gradient's slot holds psi. */
#include "algorithms/corrected.h"
#include "algorithms/exact_diffusion.h"
#include "algorithms/momentum.h"

static void average_and_adapt(struct worker *w, const union value *h, struct tick k)
{
    real *g = w->vec[G], *m = w->vec[S1];
    real beta = (real)h[MOMENTUM].number, rest = (real)(1 - h[MOMENTUM].number);
    for (size_t i = 0; i < w->d; i++)
        g[i] = m[i] = beta * m[i] + rest * g[i];
    exact_diffusion_adapt(w, h, k);
}

const struct algorithm algorithm_edm = {.about = "exact diffusion with momentum, on (I + W) / 2",
                                        .n_state = 2,
                                        .mixed = BIT(X),
                                        .every_step = CORRECTED,
                                        .parameter = momentum_parameters,
                                        .before_mix = average_and_adapt,
                                        .after_mix = exact_diffusion_combine};
