#include "draw/names.h"
#include "report/tables.h"
#include "report/tuning.h"

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

static void add_best(struct table *t, const struct choice *all, const char *rate)
{
    if (all->n_missing)
        table_print(t, "%d run%s missing", all->n_missing, all->n_missing > 1 ? "s" : "");
    else if (all->best < 0)
        table_add_text(t, "all diverged");
    else
        table_print(t, "%s%s", rate,
                    all->lowest == all->highest ? ", the only one"
                    : all->best == all->lowest  ? ", lower edge of what was tried"
                    : all->best == all->highest ? ", upper edge of what was tried"
                                                : "");
}

static void add_row(struct table *t, const struct results *r, const struct tuning *g, int row)
{
    struct choice all = tuning_choose(g, r, row);
    char name[NAME_SHOWN];
    for (int a = 0; a < r->n_axis; a++)
        if (a != g->lr)
            table_add_text(t,
                           name_of_value(r->axis[a], results_axis(r, g->row.first[row], a), name));
    for (int k = 0; k < g->rate.n; k++)
        add_cell(t, r, tuning_cell(g, r, row, k), k == all.best);
    add_best(t, &all, all.best < 0 ? "" : tuning_rate(g, r, all.best));
}

void tuning_table(struct table *t, const struct results *r)
{
    struct tuning g;
    char name[NAME_SHOWN];
    tuning_open(&g, r);
    for (int a = 0; a < r->n_axis; a++)
        if (a != g.lr)
            table_add_column(t, name_of_key(r->axis[a], name), 1);
    for (int k = 0; k < g.rate.n; k++)
        table_add_means(t, tuning_rate(&g, r, k), NULL);
    table_add_column(t, "best", 0);
    for (int row = 0; row < g.row.n; row++)
        add_row(t, r, &g, row);
    tuning_close(&g);
}
