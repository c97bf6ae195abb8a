/* runs: every run of a folder as one CSV file, for pandas or R. */
#pragma once
#include "core/core.h"
#include <stdio.h>

/* Write a row for each number of each run that has ended, from
 * RUNS/<experiment>/<run>/manifest.json, in the order of their names: the folder, experiment,
 * tier, cell, status, a column for each key of any configuration, digests, scope (the metric),
 * value (of which_key) and result. experiment, tier: only these; NULL: all.  *n_left_out gets the
 * number of runs that have not ended.  -1 with a sentence if a manifest cannot be read or no run
 * has ended. */
int runs_write(const char *runs, const char *experiment, const char *tier, FILE *f, int *n_left_out,
               struct err *e);
