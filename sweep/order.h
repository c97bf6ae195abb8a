/* order: which run a sweep makes first: the longest, so that its processes end together.  How long a
 * run takes is estimated from its configuration, in arbitrary units; nothing is measured. */
#pragma once
#include "sweep/experiment.h"

double order_work(const struct config *c);
/* The cells of x, those with the most work first, else in their own order: (n_cell), to be freed. */
int *order_longest_first(const struct experiment *x);
