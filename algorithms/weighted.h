/* weighted: shared by the methods that keep a weight x[d] with x. */
#pragma once
#include "algorithms/algorithms.h"

/* `after_mix` of such a method: x <- x / x[d]; the weight stays unchanged. */
static inline void weighted_divide(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], weight = x[w->d];
    for (size_t i = 0; i < w->d; i++)
        x[i] /= weight;
}
