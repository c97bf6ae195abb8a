/* check: whether the runs of an experiment could start, found without making them. */
#pragma once
#include "sweep/sweep.h"

/* Check the method on the graph, the schedule of the learning rate, the data and the network of each
 * chosen run, and say on stdout what has been checked; data are read and divided once for runs that
 * share them.  -1 with a sentence that names the first cell that could not start.  Start MPI first. */
int sweep_check(const struct sweep *s, struct err *e);
