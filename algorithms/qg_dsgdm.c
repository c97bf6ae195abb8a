/* qg-dsgdm, qg-dsgdm-n: quasi-global momentum (Lin, Karimireddy, Stich and Jaggi: Quasi-Global
 * Momentum: Accelerating Decentralized Deep Learning on Heterogeneous Data, ICML 2021, Algorithm
 * 1), and its multi-step form (`every` > 1): the momentum m follows the difference between the
 * models before the local step and after mixing, never the local gradient.
 *   u = beta m + g                  qg-dsgdm
 *   u = g + beta (beta m + g)       qg-dsgdm-n
 *   x' <- W (x - lr u)
 *   a <- a + (x - x') / lr
 *   if t mod every = 0:
 *     m <- mu m + (1 - mu) a / every
 *     a <- 0
 * With H local steps per round of gossip, t counts rounds of gossip, a is the sum over all steps
 * since m last changed, and a step that no gossip follows leaves m unchanged:
 *   m <- mu m + (1 - mu) a / (every H)
 * As in the published code, mu is independent of beta, and the multi-step form updates m at t = 0.
 * A round at lr = 0 (a warm-up from 0) moves no model by a gradient and leaves m and a unchanged.
 * S0: m.  S1: a.  Between before_mix and after_mix the slot of the gradient holds x. */
#include "algorithms/quasi_global.h"

static void local_step(struct worker *w, double beta_, double lr_, int nesterov)
{
    real *x = w->vec[X], *g = w->vec[G], beta = (real)beta_, lr = (real)lr_;
    const real *m = w->vec[S0];
    for (size_t i = 0; i < w->d; i++) {
        real v = beta * m[i] + g[i], u = nesterov ? g[i] + beta * v : v, before = x[i];
        x[i] = before - lr * u;
        g[i] = before;
    }
}

static void heavy_ball(struct worker *w, const union value *h, struct tick k)
{
    local_step(w, h[QG_BETA].number, k.lr, 0);
}

static void nesterov(struct worker *w, const union value *h, struct tick k)
{
    local_step(w, h[QG_BETA].number, k.lr, 1);
}

const struct algorithm algorithm_qg_dsgdm = {.about = "quasi-global momentum, heavy ball",
                                             .n_state = 2,
                                             .mixed = BIT(X),
                                             .parameter = quasi_global_parameters,
                                             .before_mix = heavy_ball,
                                             .after_mix = quasi_global_follow};
const struct algorithm algorithm_qg_dsgdm_n = {.about = "quasi-global momentum, Nesterov",
                                               .n_state = 2,
                                               .mixed = BIT(X),
                                               .parameter = quasi_global_parameters,
                                               .before_mix = nesterov,
                                               .after_mix = quasi_global_follow};
