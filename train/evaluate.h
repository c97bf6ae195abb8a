/* evaluate: what a row of metrics.csv says about the models of the moment. */
#ifndef TRAIN_EVALUATE_H
#define TRAIN_EVALUATE_H
#include "train/run.h"

enum { EVAL_BATCH = 32 }; /* fixed, in file order: some networks normalise over the batch */

/* Accuracies of the configured scopes, test loss, training loss since the last row and consensus
 * distance; complete at the root.  All ranks. */
void evaluate(struct run *r, struct row *row);
#endif
