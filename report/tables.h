/* tables: an experiment's results as tables: one for reading and a tidy one, as CSV. */
#pragma once
#include "report/levels.h"
#include "report/table.h"

/* A row for each cell, and a column for each axis and metric.  For an experiment that tries
 * learning rates ("tune": true, with the axis "lr"), a row for all cells that differ only in the
 * rate, a column for each rate, and one for the best rate. table_free() it. */
void table_of(struct table *t, const struct results *r);
/* A row for each cell, metric and kind of value, for other programs. */
void table_tidy(struct table *t, const struct results *r);

/* The tables for a paper, in LaTeX: methods in rows and the heterogeneity alpha, or another axis of
 * numbers, in columns, with a table for each metric.  If there is no such axis, the metrics are in
 * columns. */
void paper_write(const struct results *r, FILE *f);

/* --- their parts ------------------------------------------------------------------------------ */

/* The table of a tuning experiment. */
void tuning_table(struct table *t, const struct results *r);
/* The lines above a table: data, network and schedule, or toy problem; scope; where the learning
 * rates come from; code. */
void header_write(const struct results *r, FILE *f);

/* ": CIFAR-10, VGG-11-w2, n = 8, ring": what all runs have in common. */
void common_describe(const struct results *r, FILE *f);

enum { MAX_EXTRA = 8 };
/* Find the settings that affect the results and differ between cells without being axes, such as
 * tuned learning rates; returns how many. */
int find_extra(const struct results *r, const char *extra[MAX_EXTRA]);
/* All axes except those of methods and their variants, as bits.  Cells that agree in these axes are
 * rivals. */
unsigned rival_axes(const struct results *r);
/* Whether the cell's mean is the best among its rivals, given by the levels `rivals`, or within the
 * standard deviation of the best.  A cell with diverged runs has no mean of all seeds, and is never
 * the best. */
int is_best(const struct results *r, const struct levels *rivals, int cell, int metric);
/* The manifests of a cell's runs that have ended, as table_link() takes them; free() it. */
char *manifests_of(const struct results *r, int cell);
/* Whether the table shows accuracies. */
int has_accuracy(const struct results *r);
