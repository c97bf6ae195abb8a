/* momentum: the local momentum that several methods build on. */
#ifndef ALGORITHMS_MOMENTUM_H
#define ALGORITHMS_MOMENTUM_H
#include "core/real.h"

/* m <- beta m + g; the step's direction: m (heavy ball), or g + beta m (Nesterov). */
static inline real momentum_step(real *m, real g, real beta, int nesterov)
{
    *m = beta * *m + g;
    return nesterov ? g + beta * *m : *m;
}
#endif
