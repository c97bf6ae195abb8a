#include "report/table_csv.h"
#include "core/csv.h"
#include "report/header.h"

enum { TEXT = 256 };

/* Which settings stand in every line. */
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

static void put_next(const char *text, FILE *f)
{
    fputc(',', f);
    csv_put(text, f);
}

static void write_line(const struct results *r, int cell, int metric, const char *which, FILE *f)
{
    struct summary s = results_summary(r, cell, metric, which);
    int run = results_ended(r, cell), is_loss = metrics[metric].is_loss;
    char text[TEXT];
    size_t n;
    const char *const *common = common_of(r, &n);
    fprintf(f, "%s,%s", r->experiment, r->tier);
    for (int a = 0; a < r->n_axis; a++)
        put_next(results_axis(r, r->first[cell], a), f);
    for (size_t i = 0; i < n; i++)
        if (!results_is_axis(r, common[i]))
            put_next(run < 0 ? "" : results_config(r, run, common[i], text, TEXT), f);
    fprintf(f, ",%s,%s", metrics[metric].key, which);
    fprintf(f, ",%s", sample_digits(s.v.mean, is_loss, text));
    fprintf(f, ",%s", sample_digits(s.v.std, is_loss, text));
    fprintf(f, ",%d,%d,%d,%.12s,%.12s\n", s.v.n, s.n_diverged, s.n_missing,
            results_shared(r, cell, "data_sha256"), results_shared(r, cell, "code_sha256"));
}

void table_write_csv(const struct results *r, FILE *f)
{
    size_t n;
    const char *const *common = common_of(r, &n), *unit = has_accuracy(r) ? "_pct" : "";
    fputs("experiment,tier", f);
    for (int a = 0; a < r->n_axis; a++)
        fprintf(f, ",%s", r->axis[a]);
    for (size_t i = 0; i < n; i++)
        if (!results_is_axis(r, common[i]))
            fprintf(f, ",%s", common[i]);
    fprintf(f, ",scope,value,mean%s,std%s,seeds,diverged,missing,data_sha256,code_sha256\n", unit,
            unit);
    for (int c = 0; c < r->n_cell; c++)
        for (int k = 0; k < r->n_metric; k++)
            for (size_t w = 0; w < (metrics[r->metric[k]].is_loss ? 1 : N_WHICH); w++)
                write_line(r, c, r->metric[k], which_key[w], f);
}
