/* foresee: previews a sweep on stdout without making a run: its runs, which of them are finished,
 * and the estimated cost of the others. */
#pragma once
#include "sweep/sweep.h"

/* Mark in chosen (n_cell) the runs that pass all n filters "KEY=VALUE", where KEY is an axis or a
 * key; -1 with a sentence if a filter is malformed or no run passes. */
int sweep_choose(const struct experiment *x, const char *const *filter, int n, char *chosen,
                 struct err *e);
/* List the chosen runs, and say which are finished; with dry, list the missing ones instead, with
 * the time and memory that each would take, and all together.  Under a launcher, one rank does it
 * for all. */
int sweep_foresee(struct sweep *s, int dry, struct err *e);
