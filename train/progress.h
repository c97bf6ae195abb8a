/* progress: what a person sees while a run goes on: a line a row, and on a terminal a live line in
 * between.  At the root. */
#ifndef TRAIN_PROGRESS_H
#define TRAIN_PROGRESS_H
#include "train/run.h"

/* From now on only a row now and then, behind this label, which the caller keeps: for runs beside
 * which others run.  NULL: everything, as at the start. */
void progress_label(const char *label);
/* What the data will take, before it is loaded. */
void progress_data(const struct dataset *ds, double bytes);
void progress_start(const struct run *r);
void progress_step(const struct run *r);
void progress_row(const struct run *r, const struct row *row);
#endif
