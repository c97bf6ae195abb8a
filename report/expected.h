/* expected: our cells against what this code gave before, in a CSV file that `table` has written.
 *
 * A cell is SAME if mean, deviation and seeds of the table's scope agree to all digits printed;
 * else it is judged by a band at the level 1 - 5 %/m (Bonferroni): if only the seeds have changed,
 * all m cells that are compared stay within their bands with a probability of 95 %.  Other data
 * or settings are not compared. */
#ifndef REPORT_EXPECTED_H
#define REPORT_EXPECTED_H
#include "report/judgement.h"

/* path: of the CSV file; nothing to judge if it is not there. */
int expected_judge(struct judgements *j, const struct results *r, const char *path, struct err *e);
/* How many cells are compared, m. */
int expected_compared(const struct judgements *j);
#endif
