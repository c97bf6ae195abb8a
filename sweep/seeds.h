/* seeds: one configuration, repeated with several seeds: run after run, each in a folder of its own. */
#pragma once
#include "sweep/single.h"

extern const char seeds_index[]; /* the name of the index, without .json */

/* Make the runs of c with each seed that the text names, "1-5", "1,2,7" or "1-3,10-12", none twice, in
 * DIR/s<seed>, as single_run does, whose arguments the others are; and write DIR/seeds.json, from which a
 * report finds them as it finds the runs of an experiment.  RUN_FINISHED if all have ended, RUN_DIVERGED
 * if some of them have diverged, RUN_INTERRUPTED, or -1 with a sentence as soon as one fails.  All
 * ranks. */
int seeds_run(const char *seeds, const struct config *c, const char *file, const char *dir,
              enum run_start start, int replace, struct err *e);
