/* checkpoint: everything that a run cannot recompute: parameters, the method's state, running
 * statistics and loss sums of every worker, in worker order.  A resumed run gives the same bits on
 * any number of ranks.  Random streams have no state.  The file ends with the SHA-256 of all bytes
 * before it. */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H
#include "train/run.h"

/* Replace DIR/checkpoint in one step; all ranks. */
int checkpoint_write(struct run *r, struct err *e);
/* Read the checkpoint into r, which is otherwise ready to start; all ranks.  1 if there is none to
 * continue from: no file, or one written with other code or data. */
int checkpoint_read(struct run *r, struct err *e);
/* Whether the folder has a checkpoint, of whatever run. */
int checkpoint_is_in(const char *dir);
/* Remove the checkpoint of a run that has ended; at the root. */
void checkpoint_remove(const struct run *r);
#endif
