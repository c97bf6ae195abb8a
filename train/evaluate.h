/* evaluate: the values of a row of metrics.csv, from the current models. */
#pragma once
#include "train/run.h"

/* The mean training loss of all workers since the last row, at the root; NAN if no worker took part; all
 * ranks. */
double evaluate_loss(const struct run *r);
/* Measures of the models, training loss since the last row and consensus distance; also the points
 * for path.csv if the task is drawable.  Complete at the root only, and only if no rank has been
 * interrupted, which cuts the evaluation short.  All ranks. */
void evaluate(struct run *r, struct row *row);
/* Copy all workers' x to r->path, at the root, if the task is drawable. */
void evaluate_path(struct run *r);
