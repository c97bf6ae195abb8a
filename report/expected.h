/* expected: compares our cells with what this code gave before: the runs in results/expected or, if
 * there are none, the CSV file that `table` has written there.
 *
 * Runs are deterministic, so runs of the same configuration and seed are compared first: a cell is
 * SAME if all of them are equal to the last bit, and worse if one differs although code, data,
 * kernels and machine are the same.  All other cells are tested for whether one of the table's
 * metrics has become worse.  The test is one-sided, at the level 5 % / m, where m is the number of
 * pairs of cell and metric that are compared (Bonferroni), and differences below a floor always
 * pass (report/noninferiority.h).  One more judgement, which has no cell, is on the mean of all
 * these cells over the seeds that both sides have.  Cells with other data, settings or versions are
 * not compared. */
#ifndef REPORT_EXPECTED_H
#define REPORT_EXPECTED_H
#include "report/judgement.h"

/* folder: results/expected; nothing is judged if it has neither runs nor a table of this tier.
 * Runs of another version are not compared, unless any_version. */
int expected_judge(struct judgements *j, const struct results *r, const char *folder,
                   int any_version, struct err *e);
/* The number of cells that were compared. */
int expected_compared(const struct judgements *j);
#endif
