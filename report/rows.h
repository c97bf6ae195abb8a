/* rows: metrics.csv of one of the results, for figures and costs. */
#pragma once
#include "report/results.h"
#include "report/sheet.h"

/* Open the run's metrics.csv, which must have the column epoch and no field that is neither empty
 * nor a number; epochs and steps never decrease. */
int rows_open(struct sheet *s, const struct results *r, int run, struct err *e);
