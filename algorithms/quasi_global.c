#include "algorithms/quasi_global.h"
#include "algorithms/momentum.h"

const struct parameter quasi_global_parameters[] = {
    [QG_BETA] = PARAMETER_MOMENTUM,
    [QG_MU] = {"mu", 0.9, 0, 1, "factor of the moving average in quasi-global momentum"},
    [QG_EVERY] = {"every", 1, 1, 1e6, "rounds between updates of the quasi-global momentum", WHOLE},
    {0}};

void quasi_global_follow(struct worker *w, const union value *h, struct tick k)
{
    real *m = w->vec[S0], *a = w->vec[S1], mu = (real)h[QG_MU].number, lr = (real)k.lr;
    const real *x = w->vec[X], *before = w->vec[G];
    int n_round = (int)h[QG_EVERY].number, due = !k.is_local && k.round % n_round == 0;
    double n_step = h[QG_EVERY].number * k.local_steps;
    real weight = (real)((1 - h[QG_MU].number) / n_step);
    if (k.lr == 0)
        return;
    for (size_t i = 0; i < w->d && n_step == 1; i++) { /* a is 0 */
        real now = 0 + (before[i] - x[i]) / lr;
        m[i] = mu * m[i] + weight * now;
    }
    for (size_t i = 0; i < w->d && n_step > 1; i++) {
        a[i] += (before[i] - x[i]) / lr;
        if (due)
            m[i] = mu * m[i] + weight * a[i], a[i] = 0;
    }
}
