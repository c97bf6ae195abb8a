/* saved: where the files of results are, and the tables that are written beside them. */
#pragma once
#include "report/results.h"
#include "report/table.h"

/* The folder of runs: `from`, which can come with the program, or results/runs if that is NULL. */
const char *runs_folder(const char *from);
/* The folder of their figures: results/figures of results/runs, FROM/figures of another. */
const char *figures_folder(const char *from, char path[PATH_LENGTH], struct err *e);
/* A form in which something is printed, and the ending of the file with it. */
struct format {
    const char *name, *ending;
    void (*build)(struct table *t, const void *what);
    void (*write)(const struct table *t, FILE *f);
    void (*print)(const void *what, FILE *f); /* in place of the two above, if not NULL */
};
void format_print(const struct format *format, const void *what, FILE *f);
/* The one of this name, which is among them. */
const struct format *format_find(const struct format *all, const char *name);
/* Save all n of them, as `save` does. */
int save_formats(const struct format *all, size_t n, const void *what, const struct results *r,
                 struct err *e);
/* Write the text, which this closes, as results/tables/<experiment>-<tier><ending> in one step. */
int save(struct text *t, const struct results *r, const char *ending, struct err *e);
