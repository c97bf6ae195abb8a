/* claims: orderings that an experiment's file asserts, judged by its seeds.
 *
 * A claim is {"better": {axis: value}, "than": {axis: value}, "at": {axis: value}, "scope": key,
 * "by": margin}: among the cells that have all of "at", runs with "better" beat runs with "than" of
 * the same seed in their last value of the scope (an accuracy, or a loss, where lower is better) by
 * more than the margin (points, or a loss; 0 if there is none).  The verdict is REPRODUCED if the
 * 95 % interval of the mean gain (Student's t over paired seeds) lies above the margin,
 * NOT-REPRODUCED if below, else INCONCLUSIVE; NOT-RUN with fewer than two pairs. */
#pragma once
#include "report/judgement.h"

void claims_judge(struct judgements *j, const struct results *r);
