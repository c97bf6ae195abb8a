/* adam: Adam's parameters and its local step, for adam.c and other methods with adaptive steps. */
#pragma once
#include "algorithms/algorithms.h"

#define PARAMETER_BETA1                                                                            \
    {                                                                                              \
        "beta1", 0.9, 0, BELOW_ONE, "factor of Adam's average of gradients"                        \
    }
#define PARAMETER_BETA2                                                                            \
    {                                                                                              \
        "beta2", 0.99, 0, BELOW_ONE, "factor of Adam's average of squared gradients"               \
    }
enum { BETA1, BETA2, EPS };
static const struct parameter adam_parameters[] = {
    [BETA1] = PARAMETER_BETA1,
    [BETA2] = PARAMETER_BETA2,
    [EPS] = {"eps", 1e-8, 1e-30, 1, "added to the root of Adam's average of squared gradients"},
    {0}};

/* x <- x minus the step of Adam along G, with m in S0 and v in S1; then G holds the x before. */
static inline void adam_local_step(struct worker *w, const union value *h, struct tick k)
{
    algorithm_dadam.before_mix(w, h, k);
}
