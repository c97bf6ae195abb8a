#include "report/table.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static struct table_column *add_column(struct table *t, const char *name)
{
    t->column = xgrow(t->column, t->n_column, sizeof(*t->column));
    t->column[t->n_column] = (struct table_column){.name = xstrdup(name)};
    return &t->column[t->n_column++];
}

void table_add_column(struct table *t, const char *name, int is_left)
{
    add_column(t, name)->is_left = is_left;
}

void table_add_means(struct table *t, const char *name, const char *std)
{
    struct text text;
    fprintf(text_open(&text), "%s%s", std ? std : name, std ? "" : "_std");
    add_column(t, name)->std = text_close(&text);
}

static struct table_cell *add_cell(struct table *t)
{
    t->cell = xgrow(t->cell, t->n_cell, sizeof(*t->cell));
    t->cell[t->n_cell] = (struct table_cell){.text = NULL};
    return &t->cell[t->n_cell++];
}

void table_add_group(struct table *t, const char *name)
{
    for (int k = 0; k < t->n_column; k++)
        table_add_text(t, k ? "" : name);
    t->cell[t->n_cell - t->n_column].is_group = 1;
}

void table_add_text(struct table *t, const char *text)
{
    add_cell(t)->text = xstrdup(text);
}

void table_print(struct table *t, const char *fmt, ...)
{
    struct text text;
    va_list ap;
    text_open(&text);
    va_start(ap, fmt);
    vfprintf(text.f, fmt, ap);
    va_end(ap);
    add_cell(t)->text = text_close(&text);
}

void table_add_mean(struct table *t, const struct sample *v, int metric, int bold,
                    const char *after)
{
    *add_cell(t) = (struct table_cell){.is_mean = 1,
                                       .metric = metric,
                                       .bold = bold,
                                       .v = *v,
                                       .text = after ? xstrdup(after) : NULL};
}

void table_link(struct table *t, char *link)
{
    t->cell[t->n_cell - 1].link = link;
}

void table_free(struct table *t)
{
    for (int k = 0; k < t->n_column; k++)
        free(t->column[k].name), free(t->column[k].std);
    for (int i = 0; i < t->n_cell; i++)
        free(t->cell[i].text), free(t->cell[i].link);
    free(t->column), free(t->cell), free(t->title), free(t->notes);
    free(t->caption), free(t->label);
    memset(t, 0, sizeof(*t));
}
