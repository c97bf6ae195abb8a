/* evaluate: what a row of metrics.csv says about the models of the moment. */
#ifndef TRAIN_EVALUATE_H
#define TRAIN_EVALUATE_H
#include "train/run.h"

/* Figures of the models, training loss since the last row and consensus distance, and the path's
 * points if there is one; complete at the root.  All ranks. */
void evaluate(struct run *r, struct row *row);
/* All workers' x into r->path, at the root, if few enough numbers are trained to draw them. */
void evaluate_path(struct run *r);
#endif
