/* section: what a page of results says about one table: its Markdown files and its figures, from
 * the folder of results made here, or else from the one of committed results. */
#ifndef REPORT_SECTION_H
#define REPORT_SECTION_H
#include "core/core.h"
#include "report/folder.h"

enum { SECTION_TEXT = 128 };
/* Where tables, and the figures with them, are. */
struct source {
    const char *tables, *figures;
    int is_committed;
};
struct section {
    const struct source *from;
    char stem[SECTION_TEXT]; /* of its files: <experiment>-<tier> */
    char experiment[SECTION_TEXT], tier[SECTION_TEXT];
    char *title;                /* of the experiment, without these */
    char *table, *verdict;      /* Markdown; verdict: "" if there is no such file */
    char outcome[SECTION_TEXT]; /* PASS, ...; "" if it has no line VERDICT= */
    char data[SECTION_TEXT], runs[SECTION_TEXT]; /* as in that line */
    struct folder figures;                       /* PNG files in from->figures */
};
struct sections {
    struct section *list;
    int n;
};
/* All tables of the first source and those of the second that the first does not have; of the smoke
 * tier last.  -1 with a sentence if a file cannot be read, or there is none. */
int sections_open(struct sections *s, const struct source *source, int n_source, struct err *e);
void sections_close(struct sections *s);
/* The command that makes the table; buf of 4 SECTION_TEXT. */
const char *section_command(const struct section *s, char *buf);
#endif
