/* seeds: one configuration, repeated with several seeds: run after run, each in a folder of its own. */
#pragma once
#include "sweep/single.h"

enum { SEEDS_MAX = 1000 };
extern const char seeds_index[]; /* the name of the index, without .json */
struct seeds {
    long at[SEEDS_MAX];
    int n;
};

/* Read "1-5", "1,2,7" or "1-3,10-12"; no seed twice. */
int seeds_read(struct seeds *s, const char *text, struct err *e);
/* Write DIR/seeds.json, from which a report finds the runs in DIR/s<seed> as it finds those of an
 * experiment, called `name`. */
int seeds_write_index(const struct seeds *s, const struct config *c, const char *dir,
                      const char *name, struct err *e);
/* Make the runs of c with each seed in DIR/s<seed>, as single_run does, whose arguments these are:
 * RUN_FINISHED if all have ended, RUN_DIVERGED if some of them have diverged, RUN_INTERRUPTED, or -1
 * with a sentence as soon as one fails.  All ranks. */
int seeds_run(const struct seeds *s, const struct config *c, const char *file, const char *dir,
              enum run_start start, int replace, struct err *e);
