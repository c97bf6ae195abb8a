/* claims: orderings that an experiment's file asserts, judged by its seeds.
 *
 * A claim is {"better": {axis: value}, "than": {axis: value}, "at": {axis: value}, "more_than_at":
 * {axis: value}, "scope": key, "by": margin, "source": text}.  Among the cells that have all of "at",
 * runs with "better" beat runs with "than" of the same seed in their last value of the scope (an
 * accuracy, or a loss, where lower is better) by more than the margin (points, or a loss; 0 if there
 * is none).  With "more_than_at", the gain is the difference of two such differences of the same seed,
 * that at "at" minus that at "more_than_at".
 *
 * The gain over paired seeds is tested against the margin by the two-sided t-test, and the p-values of
 * all claims of the table are adjusted by Holm's method; a claim that lacks pairs counts as p = 1.
 * The verdict is REPRODUCED if the adjusted p-value is below 0.05 and the mean above the margin,
 * NOT-REPRODUCED if the mean is below it, INCONCLUSIVE if the p-value is not below 0.05; NOT-RUN with
 * fewer than two pairs.
 *
 * A diverged run has the accuracy of chance, 100 / number of classes.  In losses and costs it counts as
 * twice the worst of all the table's finished runs, so that it loses against every finished run and
 * ties with a diverged one. */
#pragma once
#include "report/judgement.h"

void claims_judge(struct judgements *j, const struct results *r);
