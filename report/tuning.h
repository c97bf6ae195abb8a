/* tuning: what the runs of an experiment that tries learning rates say: which rate is the best of
 * each row, the runs that differ in nothing but rate and seed, and which one to try next. */
#pragma once
#include "report/levels.h"

struct tuning {
    struct levels rate, row; /* of the axis lr, and of the others */
    int lr, *order;          /* the axis; (rate.n) the rates, rising */
};
/* The positions of rates in the rising order of all; -1: runs are missing, or a run diverged at every
 * rate.  The best has the best mean over seeds, and is the highest of several that have it; a rate at which
 * a run diverged is no candidate. */
struct choice {
    int best, lowest, highest; /* lowest, highest: of those tried in the row */
    int n_missing;             /* runs */
};

void tuning_open(struct tuning *t, const struct results *r);
void tuning_close(struct tuning *t);
/* The k-th of all rates, as text. */
const char *tuning_rate(const struct tuning *t, const struct results *r, int k);
/* The cell of a row's k-th rate; -1 if it was not tried. */
int tuning_cell(const struct tuning *t, const struct results *r, int row, int k);
struct choice tuning_choose(const struct tuning *t, const struct results *r, int row);
/* Where the best rate is: -1, 1: at the lower or upper edge of what was tried; 0: inside, or runs are
 * missing.  Rates that are all too high count as a best one at the lower edge. */
int choice_edge(const struct choice *c);
/* The rate beyond the edge at which the best of the row is, by the ratio of the two rates there, or by
 * 2 if there is one; NAN if it is not at an edge. */
double tuning_next(const struct tuning *t, const struct results *r, int row);
