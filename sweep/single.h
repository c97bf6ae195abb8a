/* single: a run that belongs to no experiment, in a folder of its own. */
#pragma once
#include "train/run.h"

/* Set place->dir to the folder `out` or, if that is NULL, to one in results/runs/single that is
 * named after the configuration and its seed, or with `seeds` after all seeds. */
int single_place(struct run_place *place, const char *out, const struct config *c, int seeds,
                 struct err *e);
/* Make the run of c in its folder, unless the folder already holds the finished run.  Returns its
 * status, or -1 with a sentence.  A folder that another process uses, or that holds something the
 * run would destroy, is refused; with `replace`, its content is removed. file: the file that gave
 * the configuration, or NULL; if it is a manifest, changes since then are reported.  Collective. */
int single_run(const struct config *c, const char *file, const struct run_place *place,
               enum run_start start, int replace, struct err *e);
