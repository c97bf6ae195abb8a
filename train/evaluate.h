/* evaluate: the values of a row of metrics.csv, from the current models. */
#pragma once
#include "train/run.h"

/* The mean training loss of all workers since the last row, at the root; NAN if no worker took
 * part.  Collective. */
double evaluate_loss(const struct run *r);
/* Compute the measures of the models, the training loss since the last row and the consensus
 * distance, and the points for path.csv if the task is drawable.  The row is complete at the root
 * only, and only if no rank was interrupted, since an interruption cuts the evaluation short.
 * Collective. */
void evaluate(struct run *r, struct row *row);
/* Copy all workers' x to r->path, at the root, if the task is drawable. */
void evaluate_path(struct run *r);
