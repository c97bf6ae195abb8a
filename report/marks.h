/* marks: how a table for reading is written: as Markdown, or as LaTeX (booktabs). */
#ifndef REPORT_MARKS_H
#define REPORT_MARKS_H
#include <stdio.h>

struct marks {
    const char *title, *item;                /* before a line above the table */
    const char *open, *between, *close;      /* of a row */
    const char *plus_minus, *none, *bold[2]; /* none: instead of a figure */
    const char *code;                        /* before a line to be copied, below the table */
    void (*put)(const char *text, FILE *f);  /* a name or value, as it is */
    /* The names of n columns, of which n_left are texts and the others figures; the end. */
    void (*begin)(const struct marks *m, const char *const *name, int n, int n_left, FILE *f);
    const char *end;
};
extern const struct marks markdown, latex;
#endif
