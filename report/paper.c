/* The tables for a paper. */
#include "draw/names.h"
#include "report/tables.h"
#include "report/write.h"
#include <stdlib.h>
#include <string.h>

/* Which axes become columns, rows, and groups of rows. */
struct shape {
    int across; /* the axis of the columns; -1: the metrics are the columns */
    struct levels column, row, group;
};

static void shape_open(struct shape *s, const struct results *r)
{
    unsigned rows = 0, all = (1u << r->n_axis) - 1;
    s->across = -1;
    for (int a = 0; a < r->n_axis; a++)
        if (levels_are_numbers(r, a) && (s->across < 0 || !strcmp(r->axis[a], "alpha")))
            s->across = a;
    for (int a = 0; a < r->n_axis; a++)
        if (!strcmp(r->axis[a], "algorithm") || !strcmp(r->axis[a], "variant"))
            rows |= 1u << a;
    unsigned across = s->across < 0 ? 0 : 1u << s->across;
    if (!rows)
        rows = all & ~across;
    levels_open(&s->column, r, across), levels_open(&s->row, r, rows);
    levels_open(&s->group, r, all & ~rows & ~across);
}

static void shape_close(struct shape *s)
{
    levels_close(&s->column), levels_close(&s->row), levels_close(&s->group);
}

/* Whether the row has a cell in this group. */
static int is_there(const struct results *r, const struct shape *s, int group, int row)
{
    return levels_cell(r, &s->group, group, &s->row, row, NULL, 0) >= 0;
}

static void add_cell(struct table *t, const struct results *r, const struct levels *rivals,
                     int cell, int metric)
{
    char after[64] = "";
    if (cell < 0) {
        table_add_text(t, "");
        return;
    }
    struct summary m = results_summary(r, cell, metric, "last");
    if (m.n_diverged)
        snprintf(after, sizeof(after), "†%d/%d", m.n_diverged, m.v.n + m.n_diverged + m.n_missing);
    table_add_mean(t, &m.v, metric, is_best(r, rivals, cell, metric), *after ? after : NULL);
}

static void add_rows(struct table *t, const struct results *r, const struct shape *s, int metric)
{
    struct levels rivals;
    levels_open(&rivals, r, rival_axes(r));
    for (int g = 0; g < s->group.n; g++) {
        if (s->group.n > 1)
            table_add_group(t, s->group.label[g]);
        for (int i = 0; i < s->row.n; i++) {
            if (!is_there(r, s, g, i))
                continue;
            table_add_text(t, s->row.label[i]);
            for (int k = 0; s->across >= 0 && k < s->column.n; k++)
                add_cell(t, r, &rivals, levels_cell(r, &s->group, g, &s->row, i, &s->column, k),
                         metric);
            for (int k = 0; s->across < 0 && k < r->n_metric; k++)
                add_cell(t, r, &rivals, levels_cell(r, &s->group, g, &s->row, i, NULL, 0),
                         r->metric[k]);
        }
    }
    levels_close(&rivals);
}

static void add_columns(struct table *t, const struct results *r, const struct shape *s)
{
    char name[NAME_SHOWN];
    int is_method = results_is_axis(r, "algorithm") || results_is_axis(r, "variant");
    table_add_column(t, is_method || r->n_axis == 0 ? "method" : name_of_key(r->axis[0], name), 1);
    for (int k = 0; s->across >= 0 && k < s->column.n; k++)
        table_add_means(t, s->column.label[k], NULL);
    for (int k = 0; s->across < 0 && k < r->n_metric; k++)
        table_add_means(t, columns[r->metric[k]].name, NULL);
}

static void write_caption(const struct results *r, const struct shape *s, int metric, FILE *f)
{
    fputs(r->title, f);
    common_describe(r, f);
    if (s->across >= 0)
        fprintf(f, columns[metric].kind == ACCURACY ? ". Test accuracy, %s" : ". The %s",
                columns[metric].name);
    fprintf(f,
            ". Mean ± standard deviation over seeds after the last %s%s. Bold: the best, and those "
            "within its standard deviation.",
            results_is_toy(r, results_ended(r, -1)) ? "round" : "epoch",
            has_accuracy(r) ? ", in percent" : "");
    for (int i = 0; i < r->n_run; i++)
        if (r->run[i].diverged) {
            fputs(" †: so many of the runs diverged; they are not in the mean.", f);
            return;
        }
}

static void write_one(const struct results *r, const struct shape *s, int metric, FILE *f)
{
    struct text caption, label, notes;
    struct table t = {.title = NULL};
    write_caption(r, s, metric, text_open(&caption));
    fprintf(text_open(&label), "%s-%s%s%s", r->experiment, r->tier, s->across < 0 ? "" : "-",
            s->across < 0 ? "" : columns[metric].key);
    header_write(r, text_open(&notes));
    t.caption = text_close(&caption), t.label = text_close(&label), t.notes = text_close(&notes);
    add_columns(&t, r, s);
    add_rows(&t, r, s, metric);
    write_latex(&t, f);
    table_free(&t);
}

void paper_write(const struct results *r, FILE *f)
{
    struct shape s;
    if (results_is_tuning(r) || results_ended(r, -1) < 0) {
        struct table t;
        table_of(&t, r);
        write_latex(&t, f);
        table_free(&t);
        return;
    }
    shape_open(&s, r);
    for (int k = 0; k < (s.across < 0 ? 1 : r->n_metric); k++)
        write_one(r, &s, r->metric[k], f);
    shape_close(&s);
}
