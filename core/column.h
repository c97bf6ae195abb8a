/* column: what is measured of a run.  The list is core/columns.h; metrics.csv, manifests, tables,
 * claims and figures are made from it. */
#ifndef CORE_COLUMN_H
#define CORE_COLUMN_H
#include <stdio.h>

enum column_kind {
    POSITION, /* where a row stands in the run; nothing is compared by it */
    ACCURACY, /* percent, higher is better; manifests hold its last, last5_mean and best */
    SPREAD,   /* says more about an accuracy; in metrics.csv alone */
    LOSS,     /* lower is better; manifests hold the last */
    COST,     /* a running total, lower is better; manifests hold the last */
    SPLIT     /* of the partition, lower is better: in manifests alone, not in metrics.csv */
};
struct column {
    const char *key, *name, *unit; /* in files; for people; "" has none */
    const char *format;            /* of printf, for a double, in metrics.csv */
    enum column_kind kind;
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
/* All NAN. */
void row_clear(struct row *row);
double row_get(const struct row *row, int column);
void row_set(struct row *row, int column, double value);

/* Print a value as metrics.csv has it. */
void column_print(FILE *f, int column, double value);
/* The number of the column with the key; -1 if there is none; key may be NULL. */
int column_find(const char *key);
/* Whether tables and claims can be about it. */
int column_is_compared(int column);
/* Whether metrics.csv has it. */
int column_is_in_csv(int column);
#endif
