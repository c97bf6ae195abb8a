/* csv: comma-separated values in memory, row by row.
 *   a quoted field     may hold anything but NUL, also commas and newlines; a quote is doubled
 *   an unquoted field  ends at a comma or a newline and holds neither quotes nor NUL
 * Rows end with \n, \r\n or the end of the file.  A backslash has no special meaning. */
#ifndef CORE_CSV_H
#define CORE_CSV_H
#include "core/core.h"
#include <stdio.h>

struct csv {
    const char *path; /* for error sentences */
    char *bytes;      /* (n) changed while reading: doubled quotes become single, in place */
    size_t n, at;
    long row; /* the row that was read last; the first is 1 */
};
struct csv_field {
    char *text;   /* (n) within the file's bytes, not followed by a NUL */
    size_t n, at; /* at: the byte of the file where the field begins, including its quote */
};

/* Read the next row, which must have n_field fields.  Returns 1, 0 at the end of the file, or -1
 * with a sentence. */
int csv_row(struct csv *c, int n_field, struct csv_field *field, struct err *e);
/* Refuse what is at a byte of the last row: the sentence gets path, row and byte in front.  Returns
 * -1. */
int csv_refuse(const struct csv *c, size_t at, struct err *e, const char *fmt, ...) PRINTF(4, 5);
/* Write a field, in quotes if it needs them. */
void csv_put(const char *text, FILE *f);
#endif
