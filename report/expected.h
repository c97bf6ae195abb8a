/* expected: our cells against what this code gave before: the runs in results/expected, or, without
 * them, the CSV file that `table` has written there.
 *
 * Runs are deterministic, so those of the same configuration and seed are compared first: a cell is
 * SAME if all are equal to the last bit, and worse if one is not although code, data, kernels and
 * machine are the same.  Everything else is judged by a test that none of the table's metrics has
 * become worse: at the level 5 %/m, m being the number of cells times metrics that are compared
 * (Bonferroni), one-sided, and never below a floor (report/noninferiority.h).  One judgement more,
 * without a cell, is on the mean of all these cells, by the seeds that both sides have.
 * Other data, settings or versions are not compared. */
#ifndef REPORT_EXPECTED_H
#define REPORT_EXPECTED_H
#include "report/judgement.h"

/* folder: results/expected; nothing is judged if it has neither runs nor a table of this tier.  Runs
 * of another version are not compared, unless any_version. */
int expected_judge(struct judgements *j, const struct results *r, const char *folder,
                   int any_version, struct err *e);
/* How many cells are compared. */
int expected_compared(const struct judgements *j);
#endif
