/* progress: what a person sees while a run goes on: a line a row, and on a terminal a live line in
 * between.  At the root. */
#ifndef TRAIN_PROGRESS_H
#define TRAIN_PROGRESS_H
#include "train/run.h"

void progress_start(const struct run *r);
void progress_step(const struct run *r);
void progress_row(const struct run *r, const struct row *row);
#endif
