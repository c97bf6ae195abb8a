/* reported: checks the parts of an experiment's file that are for reports, when the file is read.
 * Whatever tables, comparisons and figures would not understand, or would leave empty, is
 * refused. */
#pragma once
#include "sweep/experiment.h"
#include <cJSON.h>

/* The keys that reports read, in the order of the index. */
enum { N_REPORTED = 8 };
extern const char *const reported_key[N_REPORTED];

/* -1 with a sentence that gives the place.  The cells of x must have been made. */
int reported_check(const struct experiment *x, const char *path, struct err *e);
/* Whether the cell has all the axis values in an object {axis: value}, such as a part of a claim;
 * NULL stands for an empty object. */
int reported_has(const struct experiment *x, const struct cell *cell, const cJSON *object);
