/* progress: what a run prints for people: a line per row, and on a terminal a live line in between.
 * Root only. */
#pragma once
#include "train/run.h"

/* For runs that share the output with others: from now on, print only an occasional row, preceded
 * by this label, which the caller owns.  NULL: print everything, which is the default. */
void progress_label(const char *label);
/* Print how much memory the data will take, before they are loaded. */
void progress_data(const struct dataset *ds, double bytes);
/* Say that ranks of one machine could not share the images. */
void progress_unshared(void);
void progress_start(const struct run *r);
void progress_step(const struct run *r);
void progress_row(const struct run *r, const struct row *row);
