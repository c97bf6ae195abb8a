/* page: all tables, verdicts and figures on one page: as HTML that needs no other file and works
 * without its script, for a browser, a phone or a printer; or as Markdown, for readers of the
 * repository. */
#pragma once
#include "report/section.h"
#include <stdio.h>

/* Write the page to a file, atomically. */
int page_write(const char *path, const struct sections *s, int markdown, struct err *e);
/* version: the program's, for the foot of the page; page: the path of the page's file, to which
 * links are relative. */
int page_html(FILE *f, const struct sections *s, const char *version, const char *page,
              struct err *e);
/* Paths of figures are relative to the folder above that of the runs. */
void page_markdown(FILE *f, const struct sections *s);

/* --- what both forms say ----------------------------------------------------------------------- */

extern const char *const outcome_legend[N_OUTCOME], page_smoke[];
