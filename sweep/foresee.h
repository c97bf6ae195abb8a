/* foresee: previews a sweep on stdout without making a run: its runs, which of them are finished,
 * and the estimated cost of the others. */
#ifndef SWEEP_FORESEE_H
#define SWEEP_FORESEE_H
#include "sweep/sweep.h"

/* Mark in chosen (n_cell) the runs that match all n filters "KEY=VALUE", where KEY is an axis or a
 * configuration key; -1 with a sentence if a filter is malformed or no run matches. */
int sweep_choose(const struct experiment *x, const char *const *filter, int n, char *chosen,
                 struct err *e);
/* List the chosen runs, a line each, and say which are finished.  With dry, list those that are
 * missing and estimate their cost, each alone and all together.  Under a launcher the root does it
 * for all ranks. */
int sweep_foresee(struct sweep *s, int dry, struct err *e);
#endif
