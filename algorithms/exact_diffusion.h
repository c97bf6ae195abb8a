/* exact_diffusion: the two parts of exact_diffusion.c, for a method whose step follows a direction
 * other than the gradient; that direction must be in G before the first part. */
#pragma once
#include "algorithms/algorithms.h"

static inline void exact_diffusion_adapt(struct worker *w, const union value *h, struct tick k)
{
    algorithm_exact_diffusion.before_mix(w, h, k);
}

static inline void exact_diffusion_combine(struct worker *w, const union value *h, struct tick k)
{
    algorithm_exact_diffusion.after_mix(w, h, k);
}
