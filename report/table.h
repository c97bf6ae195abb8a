/* table: a table, independent of its output format.  The code that builds one from results knows no
 * Markdown, and the code that writes one (report/write.h) knows no results. */
#pragma once
#include "core/text.h"
#include "report/metric.h"

struct table_column {
    char *name, *std; /* std: the name of the deviation in CSV; NULL for a column of texts */
    int is_left;      /* aligned to the left: names and settings */
};
/* A text, or the mean and deviation of a metric followed by a text. */
struct table_cell {
    int is_mean, metric, bold;
    int is_group; /* the heading of the rows below it; the rest of its row is empty */
    struct sample v;
    char *text; /* NULL: no text */
    char *link; /* a line "name<tab>path" for each file that the value comes from; NULL: none */
};
struct table {
    char *title, *notes;   /* one or more lines; notes are above the table, NULL: none */
    const char *page;      /* the file that links are relative to; NULL: no links */
    char *caption, *label; /* of a table in a paper; NULL: the title, and no label */
    int n_column, n_cell;  /* the cells stand row by row */
    struct table_column *column;
    struct table_cell *cell;
};
/* Add a column to a table that has no cells yet; name is copied, as all texts are. */
void table_add_column(struct table *t, const char *name, int is_left);
/* A column of means.  In CSV it becomes two columns, the second of which is named std or, if that
 * is NULL, "<name>_std". */
void table_add_means(struct table *t, const char *name, const char *std);
/* Fill the next row with the name of a group. */
void table_add_group(struct table *t, const char *name);
/* Add the next cell: a text; a formatted text; a mean, followed by a text, which may be NULL. */
void table_add_text(struct table *t, const char *text);
void table_print(struct table *t, const char *fmt, ...) PRINTF(2, 3);
void table_add_mean(struct table *t, const struct sample *v, int metric, int bold,
                    const char *after);
/* Say which files the last cell comes from, in lines that the table now owns. */
void table_link(struct table *t, char *link);
void table_free(struct table *t);
