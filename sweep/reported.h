/* reported: checks what an experiment's file says for reports, when the file is read: what tables,
 * comparisons and figures would not understand, or would leave empty, is refused. */
#pragma once
#include "sweep/experiment.h"

/* The keys that reports read, in the order of the index. */
enum { N_REPORTED = 8 };
extern const char *const reported_key[N_REPORTED];

/* -1 with a sentence that gives the place.  The cells of x have been made. */
int reported_check(const struct experiment *x, const char *path, struct err *e);
