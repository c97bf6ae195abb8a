/* gradient_step: the step of plain SGD, for the methods that take it before or after gossip. */
#pragma once
#include "algorithms/algorithms.h"

/* x <- x - lr g */
static inline void gradient_step(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], lr = (real)k.lr;
    const real *g = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * g[i];
}
