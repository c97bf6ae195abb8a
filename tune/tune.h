/* tune: chooses the learning rates of an experiment's rows.  First the runs of the grid in its file
 * are made.  Where the best rate is the lowest or the highest of a row, the next rate beyond it is
 * tried, and so on.  Then a file of rates is written, which experiments read.  Which rates are
 * tried depends on the results alone, so an interrupted tuning can be continued, and several
 * processes arrive at the same rates. */
#pragma once
#include "sweep/sweep.h"

/* Set up s to make the runs of x in results/runs.  For a tuning, this includes the rates that it
 * has added so far.  -1 with a sentence on failure. */
int tune_open(struct sweep *s, struct experiment *x, struct err *e);
/* Make the runs of s, as sweep_all does.  For a tuning, repeat this until no rates are added.  Then
 * write the file of rates, unless settings on the command line change the results, and print which
 * rows do not have their best rate between rates that were tried, and how many do.  Returns as
 * sweep_all.  Collective. */
int tune_all(struct sweep *s, struct experiment *x, struct err *e);
