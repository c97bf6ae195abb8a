/* kept: compares the runs that came with the code, in a folder laid out like results/runs, with
 * those of the same experiment and tier that were made here. */
#pragma once
#include "report/judgement.h"

/* The kept cell that has the same axis values as our cell; -1 if there is none. */
int kept_cell(const struct results *kept, const struct results *r, int cell);
/* Whether all runs of both cells were made by programs of the same Major.Minor version; if not,
 * results are not comparable (CONTRIBUTING.md), and the judgement says so. */
int kept_same_version(struct judgement *g, const struct results *kept, int theirs,
                      const struct results *r, int cell);
/* The number of settings, other than the seed, and of data files that differ between the cells; the
 * judgement names them. */
int kept_other_settings(struct judgement *g, const struct results *kept, int theirs,
                        const struct results *r, int cell);

/* How the runs of a cell compare with the kept runs of the same configuration and seed. */
struct kept_match {
    int n_same;    /* they are equal to the last bit */
    int n_changed; /* not, although code, data, kernels, BLAS core and compiler are equal */
    int n_other;   /* not, and one of these differs as well; or there is no kept run */
};
/* Compare them; the judgement says what has changed in the results, or which of these differ. */
struct kept_match kept_compare(struct judgement *g, const struct results *kept,
                               const struct results *r, int cell);
