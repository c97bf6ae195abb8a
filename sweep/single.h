/* single: a run that belongs to no experiment, in a folder of its own. */
#pragma once
#include "train/run.h"

/* Set place->dir: the folder that was asked for or, if that is NULL, one in results/runs/single, named
 * after the configuration and its seed or, with `seeds`, after all seeds. */
int single_place(struct run_place *place, const char *out, const struct config *c, int seeds,
                 struct err *e);
/* Make the run of c in its folder, unless that holds this run, finished: returns its status, or -1
 * with a sentence.  A folder that another process uses, or that holds what the run would destroy, is
 * refused; with `replace`, what it holds is removed.  file: what holds the configuration, or NULL; if
 * it is a manifest, what has changed since is told.  All ranks. */
int single_run(const struct config *c, const char *file, const struct run_place *place,
               enum run_start start, int replace, struct err *e);
