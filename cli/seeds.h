/* seeds: what `run --seeds` does. */
#pragma once
#include "sweep/seeds.h"

/* Make the run of c with all seeds that the text names, in folders in dir, and print the mean and the
 * deviation of what they end with.  As single_run.  All ranks. */
int run_seeds(const char *seeds, const struct config *c, const char *file, const char *dir,
              enum run_start start, int replace, struct err *e);
