/* order: the order in which a sweep makes its runs: the longest first, so that its processes end at
 * about the same time.  How long a run takes is estimated from its configuration, in arbitrary
 * units; nothing is measured. */
#pragma once
#include "sweep/experiment.h"

double order_work(const struct config *c);
/* The cells of x (n_cell), those with the most work first, and equal ones in their own order;
 * free() it. */
int *order_longest_first(const struct experiment *x);
