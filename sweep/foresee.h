/* foresee: what a sweep would do: which runs it is of, which are finished, and what the others
 * take.  Prints it on stdout; makes no run. */
#ifndef SWEEP_FORESEE_H
#define SWEEP_FORESEE_H
#include "sweep/sweep.h"

/* Mark in chosen (n_cell) the runs that have all the values of n filters "KEY=VALUE" of axes or
 * keys; -1 with a sentence if a filter is none or no run is left. */
int sweep_choose(const struct experiment *x, const char *const *filter, int n, char *chosen,
                 struct err *e);
/* Name the chosen runs, a line each, and say which are finished; with dry, name those that are
 * missing, and measure what they would take, each alone and all together.  One process of a
 * launcher's does it for all ranks. */
int sweep_foresee(struct sweep *s, int dry, struct err *e);
#endif
