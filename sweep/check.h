/* check: finds out whether the runs of an experiment could start, without making them. */
#pragma once
#include "sweep/sweep.h"

/* For each chosen run, check the method on its graph, the learning-rate schedule, the data and the
 * network, and say on stdout what has been checked.  Runs that share their data read and partition
 * them once.  -1 with a sentence that names the first cell that could not start.  MPI must have
 * been started. */
int sweep_check(const struct sweep *s, struct err *e);
