/* saved: where the files of results are, and the tables that are written beside them. */
#pragma once
#include "report/results.h"
#include "report/table.h"

/* The folder of runs: `from`, which may be one that comes with the program, or results/runs if that
 * is NULL. */
const char *runs_folder(const char *from);
/* The folder of their figures: results/figures for results/runs, FROM/figures for any other. */
const char *figures_folder(const char *from, char path[PATH_LENGTH], struct err *e);
/* An output format and the ending of its files. */
struct format {
    const char *name, *ending;
    void (*build)(struct table *t, const void *what);
    void (*write)(const struct table *t, FILE *f);
    void (*print)(const void *what, FILE *f); /* in place of the two above, if not NULL */
};
void format_print(const struct format *format, const void *what, FILE *f);
/* The format of this name, which must be among them. */
const struct format *format_find(const struct format *all, const char *name);
/* Save in all n formats, as `save` does. */
int save_formats(const struct format *all, size_t n, const void *what, const struct results *r,
                 struct err *e);
/* Write the text, which this closes, as results/tables/<experiment>-<tier><ending>, atomically. */
int save(struct text *t, const struct results *r, const char *ending, struct err *e);
