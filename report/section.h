/* section: what a page of results says about one table.  All of it comes from runs: those made
 * here, or else the committed ones. */
#pragma once
#include "report/folder.h"
#include "report/verdict.h"

/* Where runs, and the figures with them, are. */
struct source {
    const char *runs, *figures;
    int is_committed; /* they came with the code, so they are not compared with expected numbers */
};
struct section {
    const struct source *from;
    char *name; /* <experiment>-<tier> */
    struct results r;
    struct table table;
    struct reference with;
    struct judgements judged;
    enum outcome outcome;
    struct folder figures; /* PNG files in from->figures */
    char why[256];         /* why they could not be drawn; "" if nothing went wrong */
};
struct sections {
    struct section *list;
    int n;
};
/* Make a section for each RUNS/<experiment>/<tier>.json of the sources, from the first source that
 * has it; those of the smoke tier come last.  Figures are drawn if there are none or, for runs made
 * here, if they are older than the runs.  -1 with a sentence if a file cannot be read, or if there
 * is none. */
int sections_open(struct sections *s, const struct source *source, int n_source, struct err *e);
/* The reason why figures could not be drawn, of the first section where that happened; "" if all
 * were drawn. */
const char *sections_why(const struct sections *s);
void sections_close(struct sections *s);
/* The heading under which it appears on a page. */
const char *section_group(const struct section *s);
/* The command that makes the table; free() it. */
char *section_command(const struct section *s);
