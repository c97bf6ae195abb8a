/* noninferiority: whether a mean over seeds has become worse than it was.
 *
 * Accuracies are compared in points.  Losses and distances span many orders of magnitude, so they
 * are compared by their logarithm, that is by their ratio; what is below 1e-12 counts as 1e-12. */
#pragma once
#include "report/judgement.h"

struct comparison {
    int metric;
    struct sample ours, theirs;    /* points, or logarithms */
    struct sample raw, raw_theirs; /* as they are printed */
    struct sample paired, gain;    /* of the seeds that both have: ours; ours minus theirs */
    double gap;                    /* ours minus theirs; above 0: ours is worse */
    double band;                   /* the gap that is too wide; INFINITY: not known */
};
/* The last values of a cell's runs that have not diverged. */
struct sample comparison_of_runs(const struct results *r, int cell, int metric);
/* The same from the mean and the deviation alone. */
struct sample comparison_of_sample(struct sample v, int metric);
/* Fill in what the seeds say that both cells have, and of which neither run diverged. */
void comparison_pair(struct comparison *c, const struct results *r, int cell,
                     const struct results *kept, int theirs);
/* Fill in gap and band of n comparisons, at the level 5 % over the number of those that have seeds
 * on both sides.  The deviation is that within both, ours counting as no more than three times as
 * wide as theirs, so that a fault cannot widen its own band by much; that of fewer than 6 expected
 * seeds counts as no less than the deviation pooled over all comparisons of the metric.  The band is
 * never below 0.5 points and 1 % of their accuracy, or 2 % of a loss. */
void comparisons_test(struct comparison *c, int n);
/* Fill in a comparison of the mean over all cells of n, from cells with two pairs of seeds or more;
 * how many these are.  Pairs have the same data, partition and start, so that their differences are
 * small, and independent of cell to cell where the code is as good as it was.  The band is that of a
 * sum of means with deviations of their own (Welch and Satterthwaite), at the level 5 % over the
 * number of metrics, and never below 0.5 points and 1 % of their accuracy, or 5 % of a loss: what is
 * left of a loss by rounding may change by this alike for all seeds. */
int comparison_mean(struct comparison *mean, int metric, const struct comparison *all, int n,
                    int n_metric);
/* PASS or OUTSIDE, by the comparison of n whose gap is widest for its band. */
void comparisons_judge(struct judgement *g, const struct comparison *c, int n);
