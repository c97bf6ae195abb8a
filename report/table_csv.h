/* table_csv: a table as tidy CSV, for plotting, citing and comparing with later results. */
#ifndef REPORT_TABLE_CSV_H
#define REPORT_TABLE_CSV_H
#include "report/results.h"

/* A row for each cell, metric and kind of value; losses have only their last. */
void table_write_csv(const struct results *r, FILE *f);
#endif
