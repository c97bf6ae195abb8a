/* claims: orderings that an experiment's file asserts, judged by its seeds.
 *
 * A claim is {"better": {axis: value}, "than": {axis: value}, "at": {axis: value}, "scope": key}:
 * among the cells that have all of "at", runs with "better" beat runs with "than" of the same seed
 * in their last value of the scope (an accuracy, or a loss, which is better lower).  The verdict is
 * REPRODUCED if the 95 % confidence interval of the mean difference (Student's t over paired seeds)
 * lies above zero, CONTRADICTED if below, else INCONCLUSIVE; NOT-RUN with fewer than two pairs. */
#ifndef REPORT_CLAIMS_H
#define REPORT_CLAIMS_H
#include "report/results.h"
#include <stdio.h>

/* Mean and half-width of the 95 % interval of n paired differences; INFINITY for n < 2. */
void paired_interval(const double *difference, int n, double *mean, double *half);
/* A line per claim, then the last line VERDICT=...: PASS, INCOMPLETE if runs or
 * the pairs of a claim are missing, FAIL if a
 * claim is contradicted.  Returns the exit code 0, 1 or 3. */
int claims_write(const struct results *r, FILE *f);
#endif
