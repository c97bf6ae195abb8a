/* column: the measures of a run.  The list is core/columns.h; metrics.csv, manifests, tables,
 * claims and figures are made from it. */
#pragma once
#include <stdio.h>

enum column_kind {
    POSITION, /* where a row stands in the run; never compared */
    ACCURACY, /* percent, higher is better; manifests hold its which_key */
    SPREAD,   /* how an accuracy varies over workers; only in metrics.csv */
    LOSS,     /* lower is better; manifests hold the last */
    COST,     /* a running total, lower is better; manifests hold the last */
    SPLIT     /* a property of the partition, lower is better; only in manifests */
};
struct column {
    const char *key, *name, *unit; /* key: in files; name: for people; unit: "" if it has none */
    const char *format;            /* printf format of a double in metrics.csv */
    enum column_kind kind;
    int is_optional; /* only in the files of runs that ask for it */
};
#define COLUMN(symbol, key, name, unit, format, kind) COLUMN_##symbol,
enum {
#include "core/columns.h"
    N_COLUMN
};
#undef COLUMN
extern const struct column columns[N_COLUMN];

/* The values of all columns at one moment; NAN where not evaluated. */
#define COLUMN(symbol, key, name, unit, format, kind) double symbol;
struct row {
#include "core/columns.h"
};
#undef COLUMN
/* Set all values to NAN. */
void row_clear(struct row *row);
double row_get(const struct row *row, int column);

/* Print a value in the format of metrics.csv. */
void column_print(FILE *f, int column, double value);
/* The number of the column with the key; -1 if there is no such column or key is NULL. */
int column_find(const char *key);
/* Whether tables and claims can use the column. */
int column_is_compared(int column);
/* Whether metrics.csv has the column. */
int column_is_in_csv(int column);

/* The values of an accuracy in a manifest: at the last evaluation, the mean of the last five, the
 * best; for acc_worst_pct also the lowest of the workers' own means over the last two, which is the
 * number that RelaySGD's paper reports (Vogels et al. 2021, Table 2). */
enum { N_WHICH = 4 };
extern const char *const which_key[N_WHICH];
extern const char *const which_name[N_WHICH]; /* for people */
/* Whether manifests hold this value of the column. */
int which_is_of(int which, int column);
/* The number of the kind of value; -1 if there is none of this name. */
int which_find(const char *key);
