/* noninferiority: whether a mean over seeds has become worse than it was.
 *
 * Accuracies are compared in points.  Losses and distances span many orders of magnitude, so they
 * are compared by their logarithm, that is, by their ratio; values below 1e-12 count as 1e-12. */
#pragma once
#include "report/judgement.h"

struct comparison {
    int metric;
    struct sample ours, theirs;    /* points, or logarithms */
    struct sample raw, raw_theirs; /* the same as printed */
    struct sample paired, gain;    /* over the seeds that both have: ours; ours minus theirs */
    double gap;                    /* ours minus theirs; above 0: ours is worse */
    double band;                   /* a gap above this is too wide; INFINITY: unknown */
};
/* The last values of a cell's runs that have not diverged. */
struct sample comparison_of_runs(const struct results *r, int cell, int metric);
/* The same, computed from the mean and the deviation alone. */
struct sample comparison_of_sample(struct sample v, int metric);
/* Fill in `paired` and `gain`, from the seeds that both cells have and of which neither run
 * diverged. */
void comparison_pair(struct comparison *c, const struct results *r, int cell,
                     const struct results *kept, int theirs);
/* Fill in gap and band of n comparisons, at the level of 5 % divided by the number of comparisons
 * that have seeds on both sides.  The deviation is pooled over both sides.  Ours counts as at most
 * three times theirs, so that a fault cannot widen its own band by much; with fewer than 6 expected
 * seeds, it counts as at least the deviation pooled over all comparisons of the metric.  The band
 * is never below 0.5 points, 1 % of their accuracy, or 2 % of a loss. */
void comparisons_test(struct comparison *c, int n);
/* Fill in a comparison of the mean over those of n cells that have at least two pairs of seeds;
 * returns the number of these cells.  The runs of a pair have the same data, partition and initial
 * parameters, so their differences are small, and independent from cell to cell as long as the code
 * is as good as before.  The band is that of a sum of means, each with its own deviation (Welch and
 * Satterthwaite), at the level of 5 % divided by the number of metrics.  It is never below 0.5
 * points, 1 % of their accuracy, or 5 % of a loss, since a loss that consists of rounding errors
 * may change by that much for all seeds alike. */
int comparison_mean(struct comparison *mean, int metric, const struct comparison *all, int n,
                    int n_metric);
/* Set the verdict to PASS or OUTSIDE, by the one of n comparisons whose gap is widest relative to
 * its band. */
void comparisons_judge(struct judgement *g, const struct comparison *c, int n);
