#include "core/text.h"
#include "report/write.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void markdown_text(FILE *f, const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ')
            fputc(' ', f);
        else
            fprintf(f, strchr("|*\\", *text) ? "\\%c" : "%c", *text);
}

static void put_cell(FILE *f, const struct table_cell *c)
{
    fputs(c->bold ? "**" : "", f);
    if (c->is_mean)
        sample_print(&c->v, c->metric, "±", f);
    fputs(c->bold ? "**" : "", f);
    if (c->text)
        markdown_text(f, c->text);
}

static char *text_of(const struct table *t, int i)
{
    struct text text;
    FILE *f = text_open(&text);
    if (i < t->n_column)
        markdown_text(f, t->column[i].name);
    else
        put_cell(f, &t->cell[i - t->n_column]);
    return text_close(&text);
}

/* A row of n texts, each filled up to the width of its column. */
static void put_row(FILE *f, char *const *text, const int *width, int n)
{
    fputs("|", f);
    for (int k = 0; k < n; k++) {
        int fill = width[k] - text_columns(text[k]);
        fprintf(f, " %s%*s |", text[k], fill > 0 ? fill : 0, "");
    }
    fputs("\n", f);
}

/* The line between the headings and the cells. */
static void put_dashes(FILE *f, const int *width, int n)
{
    fputs("|", f);
    for (int k = 0; k < n; k++) {
        fputs(" ---", f);
        for (int i = 3; i < width[k]; i++)
            fputs("-", f);
        fputs(" |", f);
    }
    fputs("\n", f);
}

/* Headings and cells.  Columns are aligned only on a terminal. */
static void put_grid(const struct table *t, FILE *f)
{
    int n = t->n_column, n_text = n + t->n_cell, aligned = isatty(fileno(f));
    char **text = xcalloc((size_t)n_text, sizeof(*text));
    int *width = xcalloc((size_t)n, sizeof(*width));
    for (int i = 0; i < n_text; i++) {
        text[i] = text_of(t, i);
        int wide = aligned ? text_columns(text[i]) : 0;
        width[i % n] = wide > width[i % n] ? wide : width[i % n];
    }
    put_row(f, text, width, n);
    put_dashes(f, width, n);
    for (int i = n; i < n_text; i += n)
        put_row(f, text + i, width, n);
    for (int i = 0; i < n_text; i++)
        free(text[i]);
    free(width), free(text);
}

void write_markdown_body(const struct table *t, FILE *f)
{
    write_lines(f, t->notes, "- ", "\n", NULL);
    fputs("\n", f);
    put_grid(t, f);
}

void write_markdown(const struct table *t, FILE *f)
{
    fprintf(f, "%s\n\n", t->title);
    write_markdown_body(t, f);
}

static void put_heading(FILE *f, const char *text)
{
    fprintf(f, "%s\n\n", text);
}

static void put_item(FILE *f, const char *word, const char *text)
{
    fprintf(f, "- **%s** %s\n", word, text);
}

const struct form form_markdown = {put_heading, put_item, ""};
