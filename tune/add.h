/* add: adds runs to a tuning, with rates beyond those of its file, and says which rows are ready
 * for them.  A row is a set of cells that differ only in the rate. */
#pragma once
#include "sweep/sweep.h"

enum { MOST_ADDED = 6 }; /* rates beyond the grid of the file, on each side */

/* Whether all runs of cell i's row have ended and are not stale. */
int row_is_done(const struct sweep *s, int i);
/* Add to a tuning the runs of one more rate in the row of cell i, with all tuning seeds; cell i
 * must be of the file's grid.  Returns 1; 0 if the rate is already there, or if MOST_ADDED have
 * been added on its side; -1 with a sentence on failure. */
int row_add_rate(struct experiment *x, int i, double rate, struct err *e);
