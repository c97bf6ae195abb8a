/* weighted: what methods share that carry a weight behind x. */
#ifndef ALGORITHMS_WEIGHTED_H
#define ALGORITHMS_WEIGHTED_H
#include "core/worker.h"

/* x <- x / its weight, which stays. */
static inline void weighted_divide(struct worker *w)
{
    real *x = w->vec[X], weight = x[w->d];
    for (size_t i = 0; i < w->d; i++)
        x[i] /= weight;
}
#endif
