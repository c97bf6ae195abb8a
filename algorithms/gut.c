/* gut, qg-gutm: global update tracking (Aketi, Hashemi and Roy, NeurIPS 2023), as in the published
 * code (models/gut.py, gossip/distributed.py and trainer.py of
 * aparna-aketi/global_update_tracking).  p is a worker's model before mixing; x = W p is the one
 * after it, at which the gradient is taken.  The method tracks the changes of p, which neighbours
 * can compute from p, so nothing else is sent:
 *   e = (p - x) / lr                                   the change by mixing
 *   y = g + e + mu (W u_prev - g_prev + beta e_prev)   the bracket is 0 in round 0
 *   u = beta u_prev + y
 *   p+ = p - lr u
 * gut: beta = 0.  qg-gutm: heavy ball on y.  Since y contains e, the momentum includes the change
 * by mixing; this is how the paper's runs have quasi-global momentum.  In these runs mu is from
 * 0.005 to 0.08; beta + mu must be below 1.
 *
 * The same in terms of x, with W u_prev = (x_prev - x) / lr_prev, which holds as long as the graph
 * does not change and is the definition on a changing graph:
 *   c  = (x_prev - x) / lr_prev - g_prev + beta e_prev
 *   x+ = W (x - lr (g + mu c + beta u_prev))
 * Therefore gut with mu = 1 is d2-plus, and with mu = 0 it is dsgd; on quadratics, it converges to
 * the same point as dsgd at the rate (1 - mu) lr.  On a symmetric W it is stable if all eigenvalues
 * are above -1 / (1 + 2 mu).
 *
 * Everything in a round is divided by the rate of that round; the published code divides e and W u
 * by the rate of the round before.
 * The gossip demonstration in that code has another bracket, with e in place of e_prev.  A round at
 * lr = 0 resets c and e to 0 and leaves u unchanged.
 *
 * gut      S0: c.                         Between before_mix and after_mix the gradient's slot holds x,
 * qg-gutm  S0: c.  S1: u.  S2: lr e.      S0 c without the change of x, and S2 p. */
#include "algorithms/corrected.h"
#include "algorithms/momentum.h"

enum { GUT_MU };
static const struct parameter gut_parameters[] = {
    [GUT_MU] = {"gut_mu", 0.9, 0, 1, "scale of the correction of gut"}, {0}};

enum { BETA, GUTM_MU };
static const struct parameter gutm_parameters[] = {
    [BETA] = PARAMETER_MOMENTUM,
    [GUTM_MU] = {"gutm_mu", 0.06, 0, 1, "scale of the correction of qg-gutm"},
    {0}};

static void step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], *c = w->vec[S0];
    real mu = (real)h[GUT_MU].number, lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real now = x[i];
        x[i] = now - lr * (g[i] + mu * c[i]);
        c[i] = -g[i];
        g[i] = now;
    }
}

static void add_change(struct worker *w, const union value *h, struct tick k)
{
    real *c = w->vec[S0], lr = (real)k.lr;
    const real *x = w->vec[X], *before = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        c[i] = k.lr == 0 ? 0 : c[i] + (before[i] - x[i]) / lr;
}

static void momentum_step_of_all(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], *g = w->vec[G], *c = w->vec[S0], *u = w->vec[S1], *p = w->vec[S2];
    real beta = (real)h[BETA].number, mu = (real)h[GUTM_MU].number, lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        real now = x[i], e = k.lr == 0 ? 0 : p[i] / lr, local = beta * u[i] + g[i] + mu * c[i];
        p[i] = x[i] = now - lr * local;
        u[i] = k.lr == 0 ? u[i] : local + e;
        c[i] = beta * e - g[i];
        g[i] = now;
    }
}

static void add_changes(struct worker *w, const union value *h, struct tick k)
{
    real *p = w->vec[S2];
    const real *x = w->vec[X];
    add_change(w, h, k);
    for (size_t i = 0; i < w->d; i++)
        p[i] = k.lr == 0 ? 0 : p[i] - x[i];
}

const struct algorithm algorithm_gut = {.about = "global update tracking",
                                        .n_state = 1,
                                        .mixed = BIT(X),
                                        .every_step = CORRECTED,
                                        .parameter = gut_parameters,
                                        .before_mix = step,
                                        .after_mix = add_change};
const struct algorithm algorithm_qg_gutm = {.about =
                                                "global update tracking with quasi-global momentum",
                                            .n_state = 3,
                                            .mixed = BIT(X),
                                            .every_step = CORRECTED,
                                            .parameter = gutm_parameters,
                                            .before_mix = momentum_step_of_all,
                                            .after_mix = add_changes};
