#include "draw/names.h"
#include "report/levels.h"
#include "report/tables.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cells that differ in nothing but the rate: a row of the table. */
struct rates {
    int best, lowest, highest; /* positions of rates; -1: runs are missing, or all diverged */
    int n_missing;
};
struct grid {
    struct levels rate, row; /* of the axis lr, and of the others */
    int lr, *order;          /* the axis; (rate.n) the rates, rising */
};

static const char *rate_of(const struct results *r, const struct grid *g, int k)
{
    return results_axis(r, g->rate.first[g->order[k]], g->lr);
}

static void grid_open(struct grid *g, const struct results *r)
{
    for (g->lr = 0; strcmp(r->axis[g->lr], "lr") != 0;)
        g->lr++;
    levels_open(&g->rate, r, 1u << g->lr);
    levels_open(&g->row, r, ((1u << r->n_axis) - 1) & ~(1u << g->lr));
    g->order = xcalloc((size_t)g->rate.n, sizeof(*g->order));
    for (int k = 0; k < g->rate.n; k++) { /* insertion: there are few */
        int at = k;
        double v = levels_number(r, g->rate.first[k], g->lr);
        for (; at > 0 && levels_number(r, g->rate.first[g->order[at - 1]], g->lr) > v; at--)
            g->order[at] = g->order[at - 1];
        g->order[at] = k;
    }
}

static void grid_close(struct grid *g)
{
    levels_close(&g->rate), levels_close(&g->row);
    free(g->order);
}

static int cell_at(const struct results *r, const struct grid *g, int row, int k)
{
    return levels_cell(r, &g->row, row, &g->rate, g->order[k], NULL, 0);
}

/* A rate at which a run diverged is not a candidate. */
static struct rates rates_of(const struct results *r, const struct grid *g, int row)
{
    struct rates all = {-1, -1, -1, 0};
    double best = NAN;
    for (int k = 0; k < g->rate.n; k++) {
        int cell = cell_at(r, g, row, k);
        if (cell < 0)
            continue;
        struct summary s = results_summary(r, cell, r->scope, "last");
        all.lowest = all.lowest < 0 ? k : all.lowest, all.highest = k;
        all.n_missing += s.n_missing;
        if (s.v.n && !s.n_diverged && (isnan(best) || is_better(r->scope, s.v.mean, best)))
            best = s.v.mean, all.best = k;
    }
    if (all.n_missing)
        all.best = -1;
    return all;
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
    table_link(t, manifests_of(r, cell));
}

static void add_best(struct table *t, const struct rates *all, const char *rate)
{
    if (all->n_missing)
        table_print(t, "%d run%s missing", all->n_missing, all->n_missing > 1 ? "s" : "");
    else if (all->best < 0)
        table_add_text(t, "all diverged");
    else
        table_print(t, "%s%s", rate,
                    all->lowest == all->highest ? ", the only one"
                    : all->best == all->lowest  ? ", lower edge of its grid"
                    : all->best == all->highest ? ", upper edge of its grid"
                                                : "");
}

/* Add an axis value with the type that it had in the experiment's file: a number, otherwise a
 * text. */
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
static void write_setting(const struct results *r, const struct grid *g, int row, const char *rate,
                          FILE *f)
{
    cJSON *o = cJSON_CreateObject(), *when = cJSON_AddObjectToObject(o, "when");
    for (int a = 0; a < r->n_axis; a++)
        if (a != g->lr)
            add_value(when, r->axis[a], results_axis(r, g->row.first[row], a));
    add_value(cJSON_AddObjectToObject(o, "set"), "lr", rate);
    char *text = cJSON_PrintUnformatted(o);
    fputs(text, f);
    cJSON_free(text);
    cJSON_Delete(o);
}

static void add_row(struct table *t, const struct results *r, const struct grid *g, int row,
                    const struct rates *all)
{
    char name[NAME_SHOWN];
    for (int a = 0; a < r->n_axis; a++)
        if (a != g->lr)
            table_add_text(t,
                           name_of_value(r->axis[a], results_axis(r, g->row.first[row], a), name));
    for (int k = 0; k < g->rate.n; k++)
        add_cell(t, r, cell_at(r, g, row, k), k == all->best);
    add_best(t, all, all->best < 0 ? "" : rate_of(r, g, all->best));
}

void tuning_table(struct table *t, const struct results *r)
{
    struct grid g;
    struct text settings;
    char name[NAME_SHOWN];
    int n = 0;
    grid_open(&g, r);
    for (int a = 0; a < r->n_axis; a++)
        if (a != g.lr)
            table_add_column(t, name_of_key(r->axis[a], name), 1);
    for (int k = 0; k < g.rate.n; k++)
        table_add_means(t, rate_of(r, &g, k), NULL);
    table_add_column(t, "best", 0);
    text_open(&settings);
    for (int row = 0; row < g.row.n; row++) {
        struct rates all = rates_of(r, &g, row);
        add_row(t, r, &g, row, &all);
        if (all.best < 0)
            continue;
        fprintf(settings.f, n++ ? ",\n  " : "\"settings\": [\n  ");
        write_setting(r, &g, row, rate_of(r, &g, all.best), settings.f);
    }
    fputs(n ? "\n]\n" : "", settings.f);
    t->code = text_close(&settings);
    if (n == 0)
        free(t->code), t->code = NULL;
    grid_close(&g);
}
