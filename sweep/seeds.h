/* seeds: one configuration, repeated with several seeds, each run in a folder of its own. */
#pragma once
#include "sweep/single.h"

extern const char seeds_index[]; /* the name of the index, without .json */

/* Make the run of c in DIR/s<seed> with each seed that the text names: "1-5", "1,2,7" or
 * "1-3,10-12", where a seed given twice is refused.  The other arguments are those of single_run.
 * Also write DIR/seeds.json, by which a report finds the runs as if they were an experiment.
 * Returns RUN_FINISHED if all have finished, RUN_DIVERGED if all have ended and some diverged,
 * RUN_INTERRUPTED, or -1 with a sentence as soon as one fails.  Collective. */
int seeds_run(const char *seeds, const struct config *c, const char *file, const char *dir,
              enum run_start start, int replace, struct err *e);
