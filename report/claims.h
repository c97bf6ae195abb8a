/* claims: orderings that an experiment's file asserts, judged by the results of its seeds.
 *
 * A claim is {"better": {axis: value}, "than": {axis: value}, "at": {axis: value}, "more_than_at":
 * {axis: value}, "scope": key, "by": margin, "source": text}.  Among the cells that have all of
 * "at", runs with "better" beat runs with "than" of the same seed in their last value of the scope
 * (an accuracy, or a loss, where lower is better) by more than the margin (points, or a loss; 0 if
 * there is none).  With "more_than_at", the gain is a difference of two such differences for the
 * same seed: the one at "at" minus the one at "more_than_at".
 *
 * The gain over paired seeds is tested against the margin by the two-sided t-test, and the p-values
 * of all claims of the table are adjusted by Holm's method; a claim that lacks pairs counts as p =
 * 1.  If the adjusted p-value is below 0.05, the verdict is REPRODUCED where the mean is above the
 * margin and NOT-REPRODUCED where it is below.  Otherwise it is INCONCLUSIVE, or NOT-RUN with fewer
 * than two pairs.
 *
 * A diverged run counts with the accuracy of chance, 100 / number of classes.  Its losses and costs
 * count as twice the worst among all finished runs of the table, so that it loses against every
 * finished run and ties with other diverged ones. */
#pragma once
#include "report/judgement.h"

void claims_judge(struct judgements *j, const struct results *r);
