/* add: the runs of a tuning beyond the rates of its file: which rows are ready for them, and adding
 * them.  A row is the cells that differ in nothing but the rate. */
#pragma once
#include "sweep/sweep.h"

enum { MOST_ADDED = 6 }; /* rates beyond the grid of the file, on each side */

/* Whether all runs of cell i's row have ended, and count. */
int row_is_done(const struct sweep *s, int i);
/* Add to a tuning the runs of the row of cell i, which is of the file's grid, at one more rate, with
 * all tuning seeds.  1; 0 if the rate is tried already, or MOST_ADDED have been added on its side; -1
 * with a sentence. */
int row_add_rate(struct experiment *x, int i, double rate, struct err *e);
