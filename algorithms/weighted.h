/* weighted: shared by the methods that keep a weight x[d] with x. */
#pragma once
#include "core/worker.h"

/* x <- x / x[d]; the weight stays unchanged. */
static inline void weighted_divide(struct worker *w)
{
    real *x = w->vec[X], weight = x[w->d];
    for (size_t i = 0; i < w->d; i++)
        x[i] /= weight;
}
