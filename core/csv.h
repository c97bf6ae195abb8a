/* csv: comma-separated values in memory, row by row.
 *   a quoted field     may hold anything, also commas and newlines; a quote is doubled
 *   an unquoted field  ends at a comma or a newline and holds no quotes
 * Rows end with \n, \r\n or the end of the file; blank lines at the end of the file do not count
 * as rows.  A backslash has no special meaning.  The bytes are those of file_read_text, without
 * NUL. */
#pragma once
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
/* The same for a row of any number of fields, which it returns; the first `room` are stored. */
int csv_any_row(struct csv *c, int room, struct csv_field *field, struct err *e);
/* Which of the n fields of a heading is one of the names, a list that ends with NULL; case and
 * surrounding blanks do not matter.  -1: none. */
int csv_find(const struct csv_field *field, int n, const char *const *name);
/* Refuse what is at a byte of the last row: path, row and byte are put in front of the sentence.
 * Returns -1. */
int csv_refuse(const struct csv *c, size_t at, struct err *e, const char *fmt, ...) PRINTF(4, 5);
/* Write a field, in quotes if it needs them. */
void csv_put(const char *text, FILE *f);
