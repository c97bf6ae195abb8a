#include "report/tables.h"

/* The settings that every row shows. */
static const char *const *common_of(const struct results *r, size_t *n)
{
    static const char *const data[] = {"dataset", "model",      "workers", "topology",
                                       "epochs",  "batch_size", "lr"};
    static const char *const toy[] = {"dataset",      "dim",    "heterogeneity",
                                      "conditioning", "noise",  "workers",
                                      "topology",     "epochs", "lr"};
    int run = results_ended(r, -1), is_toy = run >= 0 && results_is_toy(r, run);
    *n = is_toy ? LENGTH(toy) : LENGTH(data);
    return is_toy ? toy : data;
}

static void add_row(struct table *t, const struct results *r, int cell, int metric,
                    const char *which)
{
    struct summary s = results_summary(r, cell, metric, which);
    int run = results_ended(r, cell);
    size_t n;
    const char *const *common = common_of(r, &n);
    table_add_text(t, r->experiment);
    table_add_text(t, r->tier);
    for (int a = 0; a < r->n_axis; a++)
        table_add_text(t, results_axis(r, r->first[cell], a));
    for (size_t i = 0; i < n; i++)
        if (!results_is_axis(r, common[i]))
            table_add_text(t, results_config(r, run, common[i]));
    table_add_text(t, columns[metric].key);
    table_add_text(t, which);
    table_add_mean(t, &s.v, metric, 0, NULL);
    table_print(t, "%d", s.v.n);
    table_print(t, "%d", s.n_diverged);
    table_print(t, "%d", s.n_missing);
    table_print(t, "%.12s", results_shared(r, cell, "data_sha256"));
    table_print(t, "%.12s", results_shared(r, cell, "code_sha256"));
}

void table_tidy(struct table *t, const struct results *r)
{
    static const char *const last[] = {"seeds", "diverged", "missing", "data_sha256",
                                       "code_sha256"};
    size_t n;
    const char *const *common = common_of(r, &n);
    *t = (struct table){.title = xstrdup(r->title)};
    table_add_column(t, "experiment", 1);
    table_add_column(t, "tier", 1);
    for (int a = 0; a < r->n_axis; a++)
        table_add_column(t, r->axis[a], 1);
    for (size_t i = 0; i < n; i++)
        if (!results_is_axis(r, common[i]))
            table_add_column(t, common[i], 1);
    table_add_column(t, "scope", 1);
    table_add_column(t, "value", 1);
    table_add_means(t, has_accuracy(r) ? "mean_pct" : "mean", has_accuracy(r) ? "std_pct" : "std");
    for (size_t i = 0; i < LENGTH(last); i++)
        table_add_column(t, last[i], 0);
    for (int c = 0; c < r->n_cell; c++)
        for (int k = 0; k < r->n_metric; k++)
            for (int w = 0; w < N_WHICH; w++)
                if (which_is_of(w, r->metric[k]))
                    add_row(t, r, c, r->metric[k], which_key[w]);
}
