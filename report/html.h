/* html: text, Markdown and pictures as parts of an HTML page. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H
#include "core/core.h"
#include <stdio.h>

/* The text up to n bytes or its end, so that none of it is taken for HTML. */
void html_text(FILE *f, const char *text, size_t n);
/* The lines of a Markdown file of report/: headings, lists, tables, indented code, and bold. */
void html_markdown(FILE *f, const char *text);
/* A PNG file as an <img> that holds it. */
int html_image(FILE *f, const char *path, const char *alt, struct err *e);
#endif
