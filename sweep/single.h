/* single: a run that belongs to no experiment, in a folder of its own. */
#pragma once
#include "train/run.h"

/* Make the run of c in its folder, unless that holds this run, finished: returns its status, or -1
 * with a sentence.  A folder that another process uses, or that holds what the run would destroy, is
 * refused; with `replace`, what it holds is removed.  file: what holds the configuration, or NULL; if
 * it is a manifest, what has changed since is told.  All ranks. */
int single_run(const struct config *c, const char *file, const struct run_place *place,
               enum run_start start, int replace, struct err *e);
