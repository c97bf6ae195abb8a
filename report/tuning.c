#include "report/tables.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cells that differ in nothing but the rate: a row. */
struct rates {
    int *cell;                 /* of each of the table's rates; -1 if there is none */
    int best, lowest, highest; /* rates by their number; -1: runs are missing, or all diverged */
    int n_missing;
};
struct grid {
    const char **rate;     /* rising */
    int n_rate, n_row, lr; /* lr: the axis */
    struct rates *row;
};

static int by_value(const void *a, const void *b)
{
    double x = atof(*(const char *const *)a), y = atof(*(const char *const *)b);
    return (x > y) - (x < y);
}

static void find_rates(struct grid *g, const struct results *r)
{
    g->rate = xcalloc((size_t)r->n_cell, sizeof(*g->rate));
    for (int c = 0; c < r->n_cell; c++) {
        const char *rate = results_axis(r, r->first[c], g->lr);
        int known = 0;
        for (int k = 0; k < g->n_rate && !known; k++)
            known = !strcmp(g->rate[k], rate);
        if (!known)
            g->rate[g->n_rate++] = rate;
    }
    qsort(g->rate, (size_t)g->n_rate, sizeof(g->rate[0]), by_value);
}

/* The row's first cell, which has its axis values. */
static int cell_of(const struct rates *row)
{
    int k = 0;
    while (row->cell[k] < 0)
        k++;
    return row->cell[k];
}

/* Whether the cell belongs into the row, by its other axes. */
static int is_in(const struct results *r, const struct grid *g, const struct rates *row, int cell)
{
    for (int a = 0; a < r->n_axis; a++)
        if (a != g->lr && strcmp(results_axis(r, r->first[cell], a),
                                 results_axis(r, r->first[cell_of(row)], a)) != 0)
            return 0;
    return 1;
}

static void find_rows(struct grid *g, const struct results *r)
{
    g->row = xcalloc((size_t)r->n_cell, sizeof(*g->row));
    for (int c = 0; c < r->n_cell; c++) {
        int i = 0, k = 0;
        while (i < g->n_row && !is_in(r, g, &g->row[i], c))
            i++;
        if (i == g->n_row) {
            g->row[g->n_row++].cell = xcalloc((size_t)g->n_rate, sizeof(int));
            for (int m = 0; m < g->n_rate; m++)
                g->row[i].cell[m] = -1;
        }
        while (strcmp(g->rate[k], results_axis(r, r->first[c], g->lr)) != 0)
            k++;
        g->row[i].cell[k] = c;
    }
}

/* A rate at which runs diverged is no candidate. */
static void find_best(struct rates *row, const struct results *r, int n_rate)
{
    double best = NAN;
    row->best = row->lowest = row->highest = -1;
    for (int k = 0; k < n_rate; k++) {
        if (row->cell[k] < 0)
            continue;
        struct summary s = results_summary(r, row->cell[k], r->scope, "last");
        row->lowest = row->lowest < 0 ? k : row->lowest, row->highest = k;
        row->n_missing += s.n_missing;
        if (s.v.n && !s.n_diverged && (isnan(best) || is_better(r->scope, s.v.mean, best)))
            best = s.v.mean, row->best = k;
    }
    if (row->n_missing)
        row->best = -1;
}

static void add_cell(struct table *t, const struct results *r, int cell, int bold)
{
    char diverged[32] = "";
    if (cell < 0) {
        table_add_text(t, "");
        return;
    }
    struct summary s = results_summary(r, cell, r->scope, "last");
    if (s.n_diverged)
        snprintf(diverged, sizeof(diverged), " (%d diverged)", s.n_diverged);
    if (s.n_diverged && !s.v.n)
        table_add_text(t, "diverged");
    else
        table_add_mean(t, &s.v, r->scope, bold, s.n_diverged ? diverged : NULL);
}

static void add_best(struct table *t, const struct grid *g, const struct rates *row)
{
    if (row->n_missing)
        table_print(t, "%d run%s missing", row->n_missing, row->n_missing > 1 ? "s" : "");
    else if (row->best < 0)
        table_add_text(t, "all diverged");
    else
        table_print(t, "%s%s", g->rate[row->best],
                    row->lowest == row->highest ? ", the only one"
                    : row->best == row->lowest  ? ", lower edge of its grid"
                    : row->best == row->highest ? ", upper edge of its grid"
                                                : "");
}

/* An axis value as what it was in the experiment's file: a number, else a text. */
static void add_value(cJSON *object, const char *key, const char *value)
{
    cJSON *number = cJSON_Parse(value);
    if (cJSON_IsNumber(number) || cJSON_IsBool(number)) {
        cJSON_AddItemToObject(object, key, number);
        return;
    }
    cJSON_Delete(number);
    cJSON_AddStringToObject(object, key, value);
}

/* {"when": {axis: value}, "set": {"lr": rate}} */
static void write_setting(const struct results *r, const struct grid *g, const struct rates *row,
                          FILE *f)
{
    cJSON *o = cJSON_CreateObject(), *when = cJSON_AddObjectToObject(o, "when");
    for (int a = 0; a < r->n_axis; a++)
        if (a != g->lr)
            add_value(when, r->axis[a], results_axis(r, r->first[cell_of(row)], a));
    add_value(cJSON_AddObjectToObject(o, "set"), "lr", g->rate[row->best]);
    char *text = cJSON_PrintUnformatted(o);
    fputs(text, f);
    cJSON_free(text);
    cJSON_Delete(o);
}

/* NULL if no row has a best rate. */
static char *settings_of(const struct results *r, const struct grid *g)
{
    struct text text;
    int n = 0;
    text_open(&text);
    for (int i = 0; i < g->n_row; i++) {
        if (g->row[i].best < 0)
            continue;
        fprintf(text.f, n++ ? ",\n  " : "\"settings\": [\n  ");
        write_setting(r, g, &g->row[i], text.f);
    }
    fputs("\n]\n", text.f);
    char *settings = text_close(&text);
    if (n)
        return settings;
    free(settings);
    return NULL;
}

static void add_row(struct table *t, const struct results *r, const struct grid *g,
                    const struct rates *row)
{
    for (int a = 0; a < r->n_axis; a++)
        if (a != g->lr)
            table_add_text(t, results_axis(r, r->first[cell_of(row)], a));
    for (int k = 0; k < g->n_rate; k++)
        add_cell(t, r, row->cell[k], k == row->best);
    add_best(t, g, row);
}

void tuning_table(struct table *t, const struct results *r)
{
    struct grid g = {.lr = 0};
    while (strcmp(r->axis[g.lr], "lr") != 0)
        g.lr++;
    find_rates(&g, r);
    find_rows(&g, r);
    for (int a = 0; a < r->n_axis; a++)
        if (a != g.lr)
            table_add_column(t, r->axis[a], 1);
    for (int k = 0; k < g.n_rate; k++) {
        char std[64];
        snprintf(std, sizeof(std), "deviation at %.32s", g.rate[k]);
        table_add_means(t, g.rate[k], std);
    }
    table_add_column(t, "best", 0);
    for (int i = 0; i < g.n_row; i++) {
        find_best(&g.row[i], r, g.n_rate);
        add_row(t, r, &g, &g.row[i]);
    }
    t->code = settings_of(r, &g);
    for (int i = 0; i < g.n_row; i++)
        free(g.row[i].cell);
    free(g.row), free(g.rate);
}
