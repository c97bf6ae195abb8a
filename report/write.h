/* write: output formats of tables and judgements.  Every writer can write every table. */
#pragma once
#include "report/table.h"

void write_markdown(const struct table *t, FILE *f);
void write_latex(const struct table *t, FILE *f); /* a floating table; notes become comments */
/* Without the title; if t->page is set, numbers are links to the files that they come from. */
void write_html(const struct table *t, FILE *f);
/* Only names and cells; a column of means becomes two columns. */
void write_csv(const struct table *t, FILE *f);
/* The Markdown form without the title: notes, table and code. */
void write_markdown_body(const struct table *t, FILE *f);

/* A list below a heading, each item a word and a sentence. */
struct form {
    void (*heading)(FILE *f, const char *text);
    void (*item)(FILE *f, const char *word, const char *text);
    const char *end;
};
extern const struct form form_text, form_markdown, form_html;

/* Write the text with the special characters of HTML, or of a cell in Markdown, escaped. */
void html_text(FILE *f, const char *text);
void markdown_text(FILE *f, const char *text);
/* The same for LaTeX; exponents, Greek letters and signs become mathematics. */
void latex_text(FILE *f, const char *text);

/* For writers: write each line of a text, which may be NULL, between `before` and `after`, either
 * through `put` or, if that is NULL, unchanged. */
void write_lines(FILE *f, const char *text, const char *before, const char *after,
                 void (*put)(FILE *f, const char *line));
