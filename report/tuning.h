/* tuning: evaluates the runs of an experiment that tries learning rates: which rate is the best
 * of each row, and which one to try next.  A row is a set of runs that differ only in rate and
 * seed. */
#pragma once
#include "report/levels.h"

struct tuning {
    struct levels rate, row; /* the levels of the axis lr, and of all other axes */
    int lr, *order;          /* the axis; (rate.n) the rates, rising */
};
/* Positions of rates in the ascending order of all rates; -1: runs are missing, or a run diverged
 * at every rate.  The best rate has the best mean over seeds, and is the highest if several share
 * it; a rate at which a run diverged is not a candidate. */
struct choice {
    int best, lowest, highest; /* lowest, highest: of the rates tried in the row */
    int n_missing;             /* runs */
};

void tuning_open(struct tuning *t, const struct results *r);
void tuning_close(struct tuning *t);
/* The k-th of all rates, as text. */
const char *tuning_rate(const struct tuning *t, const struct results *r, int k);
/* The cell of a row's k-th rate; -1 if it was not tried. */
int tuning_cell(const struct tuning *t, const struct results *r, int row, int k);
struct choice tuning_choose(const struct tuning *t, const struct results *r, int row);
/* Where the best rate is.  -1 or 1: at the lower or upper edge of the rates tried; 0: inside, or
 * runs are missing.  If all rates are too high, the best counts as at the lower edge. */
int choice_edge(const struct choice *c);
/* If the best rate of the row is at an edge, the next rate beyond it, at the ratio of the two rates
 * nearest to the edge, or at the ratio 2 if there is only one rate; else NAN. */
double tuning_next(const struct tuning *t, const struct results *r, int row);
