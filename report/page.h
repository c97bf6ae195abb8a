/* page: all tables, verdicts and figures as one HTML page that needs no other file: no script,
 * pictures within it; for wide and narrow screens and for paper. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H
#include "core/core.h"
#include <stdio.h>

/* Write the page of what is in DIR/tables and DIR/figures, and of what DIR/expected has besides,
 * marked as not made here; -1 with a sentence if there is nothing, or a file cannot be read. */
int page_write(const char *dir, FILE *f, struct err *e);
#endif
