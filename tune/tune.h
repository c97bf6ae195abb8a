/* tune: chooses the learning rates of an experiment's rows.  The runs of its file's grid are made;
 * where the best rate is the lowest or the highest, those of the next rate beyond it, and so on; then
 * a file of rates is written, which experiments read.  Which rates are tried follows from the results
 * alone, so that an interrupted tuning goes on, and several processes come to the same. */
#pragma once
#include "sweep/sweep.h"

/* Let s make the runs of x in results/runs, which a tuning extends by the rates that it has come to;
 * -1 with a sentence. */
int tune_open(struct sweep *s, struct experiment *x, struct err *e);
/* Make the runs of s, as sweep_all; of a tuning, until no rates are added, and then write the file of
 * rates, unless settings of the command line change the results, and print which rows do not have their
 * best rate inside what was tried, and how many do.  Returns as sweep_all.  All ranks. */
int tune_all(struct sweep *s, struct experiment *x, struct err *e);
