/* csv: comma-separated values in memory, row by row.  A field in quotes may hold anything but NUL:
 * commas, newlines as they are, a quote as two quotes; one without quotes ends at a comma or a
 * newline and holds neither quotes nor NUL.  Rows end with \n, \r\n or the end of the file.  A
 * backslash means nothing here. */
#ifndef CORE_CSV_H
#define CORE_CSV_H
#include "core/core.h"
#include <stdio.h>

struct csv {
    const char *path; /* for sentences */
    char *bytes;      /* (n) changed while reading: doubled quotes become one, in place */
    size_t n, at;
    long row; /* that was read last; the first is 1 */
};
struct csv_field {
    char *text;   /* (n) in the file's bytes; no NUL behind it */
    size_t n, at; /* at: the byte of the file where it begins, quote included */
};

/* Read the next row, which must have n_field fields: 1, 0 at the end, -1 with a sentence. */
int csv_row(struct csv *c, int n_field, struct csv_field *field, struct err *e);
/* Refuse what is at a byte of the last row: path, row and byte go before the sentence; -1. */
int csv_refuse(const struct csv *c, size_t at, struct err *e, const char *fmt, ...) PRINTF(4, 5);
/* Write a field, in quotes if it needs them. */
void csv_put(const char *text, FILE *f);
#endif
