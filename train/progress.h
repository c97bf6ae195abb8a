/* progress: what a run prints for people: a line per row, and on a terminal a live line in between;
 * and DIR/progress, which says how far it is.  Root only. */
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

/* How far the run in a folder is: *done, the part of its rounds that are done, from 0 to below 1,
 * and the seconds that they take at its present speed.  A run under way renews the file every two
 * seconds; an interrupted one leaves it.  -1 if there is none. */
int progress_read(const char *dir, double *done, double *seconds);
/* Remove the file of a run that has ended. */
void progress_remove(const char *dir);
