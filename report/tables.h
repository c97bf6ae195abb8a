/* tables: an experiment's results as tables: one for reading and a tidy one, as CSV. */
#pragma once
#include "report/levels.h"
#include "report/table.h"

/* A row for each cell, with a column for each axis and metric; of an experiment that tries learning
 * rates ("tune": true; the axis "lr"), a row for each cell without its rate, a column for each rate
 * and the best of them.  table_free() it. */
void table_of(struct table *t, const struct results *r);
/* A row for each cell, metric and kind of value; the contract lists the columns. */
void table_tidy(struct table *t, const struct results *r);

/* The tables for a paper, in LaTeX: methods in rows and the heterogeneity alpha, or another axis of
 * numbers, in columns, a table for each metric; the metrics in columns where there is no such axis. */
void paper_write(const struct results *r, FILE *f);

/* --- their parts ------------------------------------------------------------------------------ */

/* What the cells of a tuning experiment say. */
void tuning_table(struct table *t, const struct results *r);
/* The lines above a table: data, network and schedule, or problem; scope; where the learning rates
 * are from; code. */
void header_write(const struct results *r, FILE *f);

/* ": CIFAR-10, VGG-11-w2, n = 8, ring": what all runs have in common. */
void common_describe(const struct results *r, FILE *f);

enum { MAX_EXTRA = 8 };
/* Settings that differ between cells without being axes, as tuned learning rates do, and affect the
 * results; how many. */
int find_extra(const struct results *r, const char *extra[MAX_EXTRA]);
/* All axes but those of methods and their variants, as bits: cells that agree in them are rivals. */
unsigned rival_axes(const struct results *r);
/* Whether the cell's mean is the best among its rivals, whose levels `rivals` are, or within the
 * standard deviation of the best.  A cell with diverged runs has no mean of all seeds, and is never
 * the best. */
int is_best(const struct results *r, const struct levels *rivals, int cell, int metric);
/* The manifests of a cell's runs that have ended, as table_link() takes them; free() it. */
char *manifests_of(const struct results *r, int cell);
/* Whether the table shows accuracies. */
int has_accuracy(const struct results *r);
