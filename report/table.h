/* report: tables from result files.  Reads what runs have written, and nothing else: it knows no
 * network, no method, no data set, and no table of its holds a number without a manifest.
 *
 * table: mean and sample standard deviation over seeds of an experiment's cells. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H
#include "core/core.h"
#include <stdio.h>

enum table_format { TABLE_MARKDOWN, TABLE_CSV, TABLE_LATEX };

struct table; /* an experiment's tier, as its index and manifests tell it */

/* Read RUNS/<experiment>/<tier>.json and the manifests it names. */
struct table *table_open(const char *runs, const char *experiment, const char *tier, struct err *e);
void table_close(struct table *t);
void table_write(const struct table *t, enum table_format format, FILE *f);
/* What the seeds say about the experiment's claims, and the last line, VERDICT=...; returns 0 if
 * every run is there and no claim is contradicted, 3 if a claim is, 1 if runs are missing. */
int table_verdict(const struct table *t, FILE *f);
#endif
