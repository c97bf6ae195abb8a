/* text_rows: rows "class","title","description" from a CSV file.  Private to loaders/.
 *
 * The first row may be a heading, as in copies of AG News: it names the columns, of which others
 * are not read; "text" stands for the description, and there may be no title. */
#pragma once
#include "core/csv.h"

enum { TEXT_N_CLASS = 4 };
enum { TITLE, DESCRIPTION, N_TEXT };

/* A CSV file in memory.  Reading changes its bytes (n), and rows point into them.  first: the
 * number of the first class. */
struct text_file {
    const char *path;
    char *bytes;
    size_t n;
    int first;
};
struct text_row {
    int32_t class; /* from 0 */
    struct csv_field text[N_TEXT];
};
struct text_rows {
    struct text_row *row; /* free() it */
    int n;
};

/* Add the first `limit` rows of the file, or all if it is 0; the rest is not read.  split: what the
 * sentences call the rows. */
int text_rows_read(struct text_rows *r, const struct text_file *f, const char *split, int limit,
                   struct err *e);
