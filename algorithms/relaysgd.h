/* relaysgd: the average of relayed models, for relaysgd.c and methods with other local steps. */
#pragma once
#include "algorithms/algorithms.h"

/* `after_mix` of such a method.  Its local step must leave the x from before the step in G, and 1
 * in x[d]. */
static inline void relaysgd_average(struct worker *w, const union value *h, struct tick k)
{
    algorithm_relaysgd.after_mix(w, h, k);
}
