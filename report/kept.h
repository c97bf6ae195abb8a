/* kept: the runs that came with the code, in a folder laid out as results/runs, beside those of the
 * same experiment and tier that were made here. */
#pragma once
#include "report/judgement.h"

/* The kept cell with the values of our cell's axes; -1 if there is none. */
int kept_cell(const struct results *kept, const struct results *r, int cell);
/* Whether all runs of both cells were made by programs of one Major.Minor version, within which alone
 * results are comparable (CONTRIBUTING.md); else the judgement says so. */
int kept_same_version(struct judgement *g, const struct results *kept, int theirs,
                      const struct results *r, int cell);
/* How many settings or data files the cells do not share, seeds apart; the judgement says which. */
int kept_other_settings(struct judgement *g, const struct results *kept, int theirs,
                        const struct results *r, int cell);

/* What the runs of a cell are beside the kept runs of the same configuration and seed. */
struct kept_match {
    int n_same;    /* they are equal to the last bit */
    int n_changed; /* they are not, although code, data, kernels, BLAS core and compiler are */
    int n_other;   /* they are not, and something of this is another; or there is no such run */
};
/* Compare them; the judgement says what has changed, or what of this is another. */
struct kept_match kept_compare(struct judgement *g, const struct results *kept,
                               const struct results *r, int cell);
