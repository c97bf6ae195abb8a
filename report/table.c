#include "report/table.h"
#include <math.h>
#include <string.h>

enum { MAX_EXTRA = 8, TEXT = 256 };

/* Settings that differ between cells without being axes, as tuned learning rates do. */
static int find_extra(const struct results *r, const char *extra[MAX_EXTRA])
{
    int base = results_ended(r, -1), n = 0;
    const cJSON *v;
    char a[TEXT], b[TEXT];
    if (base < 0)
        return 0;
    cJSON_ArrayForEach(v, cJSON_GetObjectItem(r->run[base].manifest, "config"))
    {
        int differs = 0;
        results_config(r, base, v->string, a, sizeof(a));
        for (int i = 0; i < r->n_run; i++)
            differs |= r->run[i].manifest && results_config(r, i, v->string, b, sizeof(b))[0] &&
                       strcmp(a, b) != 0;
        if (differs && !results_is_axis(r, v->string) && n < MAX_EXTRA)
            extra[n++] = v->string;
    }
    return n;
}

static double number_of(const struct results *r, int run, const char *key)
{
    const cJSON *v = cJSON_GetObjectItem(r->run[run].manifest, key);
    return cJSON_IsNumber(v) ? v->valuedouble : NAN;
}

static int has_accuracy(const struct results *r)
{
    int accuracies = 0;
    for (int k = 0; k < r->n_metric; k++)
        accuracies += !metrics[r->metric[k]].is_loss;
    return accuracies > 0;
}

/* Data, network and schedule of what was trained. */
static void write_data(const struct results *r, int run, const char *comment, FILE *f)
{
    char v[6][TEXT];
    const char *what = *results_manifest(r, run, "vocabulary_sha256") ? "texts" : "images";
    fprintf(f,
            "%sData: %s, %.0f training and %.0f test %s (sha256 %.12s); %s epochs, batch %s "
            "per worker, %s, n = %s\n",
            comment, results_config(r, run, "dataset", v[0], TEXT),
            number_of(r, run, "train_samples"), number_of(r, run, "test_samples"), what,
            results_manifest(r, run, "data_sha256"), results_config(r, run, "epochs", v[1], TEXT),
            results_config(r, run, "batch_size", v[2], TEXT),
            results_config(r, run, "model", v[3], TEXT),
            results_config(r, run, "workers", v[4], TEXT));
    results_config(r, run, "holdout", v[5], TEXT);
    if (strcmp(v[5], "0") != 0)
        fprintf(f, "%sThe %s test %s are held out of the training set, not the test set\n", comment,
                v[5], what);
}

/* The same of a toy problem; settings that it does not have are left out. */
static void write_toy(const struct results *r, int run, const char *comment, FILE *f)
{
    static const char *const key[] = {"dim", "heterogeneity", "conditioning", "noise"};
    char v[TEXT];
    fprintf(f, "%sProblem: %s", comment, results_config(r, run, "dataset", v, TEXT));
    for (size_t i = 0; i < LENGTH(key); i++)
        if (!results_is_axis(r, key[i]) && results_config(r, run, key[i], v, TEXT)[0])
            fprintf(f, ", %s %s", key[i], v);
    fprintf(f, "; %s rounds", results_config(r, run, "epochs", v, TEXT));
    if (!results_is_axis(r, "workers"))
        fprintf(f, ", n = %s", results_config(r, run, "workers", v, TEXT));
    fprintf(f, "; the test loss is the mean over workers of f(x) - min f\n");
}

/* What every cell has in common: data, network, schedule, code. */
static void write_header(const struct results *r, const char *comment, FILE *f)
{
    int run = results_ended(r, -1);
    fprintf(f, "%s%s (%s, tier %s)\n", comment, r->title, r->experiment, r->tier);
    if (run < 0)
        return;
    if (results_is_toy(r, run))
        write_toy(r, run, comment, f);
    else
        write_data(r, run, comment, f);
    fprintf(f,
            "%s%s after the last epoch, mean ± sample standard deviation over "
            "seeds; code %.12s, commit %s\n",
            comment, has_accuracy(r) ? "Accuracy in percent" : "Losses",
            results_manifest(r, run, "code_sha256"), results_manifest(r, run, "git_commit"));
}

/* "3", "2 (1 diverged)" */
static void write_seeds(const struct summary *s, FILE *f)
{
    fprintf(f, "%d", s->v.n);
    if (s->n_diverged)
        fprintf(f, " (%d diverged)", s->n_diverged);
    if (s->n_missing)
        fprintf(f, " (%d missing)", s->n_missing);
}

/* Rows of a table for reading; the two formats differ in their marks alone. */
static void write_rows(const struct results *r, const char *open, const char *between,
                       const char *close, const char *plus_minus, FILE *f)
{
    const char *extra[MAX_EXTRA];
    char text[TEXT];
    int n_extra = find_extra(r, extra);
    for (int c = 0; c < r->n_cell; c++) {
        struct summary s = results_summary(r, c, r->metric[0], "last");
        int run = results_ended(r, c);
        fputs(open, f);
        for (int a = 0; a < r->n_axis; a++)
            fprintf(f, "%s%s", results_axis(r, r->first[c], a), between);
        for (int x = 0; x < n_extra; x++)
            fprintf(f, "%s%s", run < 0 ? "" : results_config(r, run, extra[x], text, sizeof(text)),
                    between);
        for (int k = 0; k < r->n_metric; k++) {
            struct summary v = results_summary(r, c, r->metric[k], "last");
            sample_print(&v.v, metrics[r->metric[k]].is_loss, plus_minus, f);
            fputs(between, f);
        }
        write_seeds(&s, f);
        fputs(close, f);
    }
}

static void write_markdown(const struct results *r, FILE *f)
{
    const char *extra[MAX_EXTRA];
    int n_extra = find_extra(r, extra);
    write_header(r, "", f);
    fputs("\n|", f);
    for (int a = 0; a < r->n_axis; a++)
        fprintf(f, " %s |", r->axis[a]);
    for (int x = 0; x < n_extra; x++)
        fprintf(f, " %s |", extra[x]);
    for (int k = 0; k < r->n_metric; k++)
        fprintf(f, " %s |", metrics[r->metric[k]].name);
    fputs(" seeds |\n|", f);
    for (int i = 0; i < r->n_axis + n_extra + r->n_metric + 1; i++)
        fputs(" --- |", f);
    fputs("\n", f);
    write_rows(r, "| ", " | ", " |\n", "±", f);
}

static void write_latex(const struct results *r, FILE *f)
{
    const char *extra[MAX_EXTRA];
    int n_extra = find_extra(r, extra);
    write_header(r, "% ", f);
    fputs("\\begin{tabular}{", f);
    for (int i = 0; i < r->n_axis + n_extra; i++)
        fputs("l", f);
    for (int k = 0; k < r->n_metric; k++)
        fputs("c", f);
    fputs("c}\n\\toprule\n", f);
    for (int a = 0; a < r->n_axis; a++)
        fprintf(f, "%s & ", r->axis[a]);
    for (int x = 0; x < n_extra; x++) {
        for (const char *p = extra[x]; *p; p++)
            fprintf(f, "%s%c", *p == '_' ? "\\" : "", *p);
        fputs(" & ", f);
    }
    for (int k = 0; k < r->n_metric; k++)
        fprintf(f, "%s & ", metrics[r->metric[k]].name);
    fputs("seeds \\\\\n\\midrule\n", f);
    write_rows(r, "", " & ", " \\\\\n", "$\\pm$", f);
    fputs("\\bottomrule\n\\end{tabular}\n", f);
}

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

static void write_line(const struct results *r, int cell, int metric, const char *which, FILE *f)
{
    struct summary s = results_summary(r, cell, metric, which);
    int run = results_ended(r, cell), is_loss = metrics[metric].is_loss;
    char text[TEXT];
    size_t n;
    const char *const *common = common_of(r, &n);
    fprintf(f, "%s,%s", r->experiment, r->tier);
    for (int a = 0; a < r->n_axis; a++)
        fprintf(f, ",%s", results_axis(r, r->first[cell], a));
    for (size_t i = 0; i < n; i++)
        if (!results_is_axis(r, common[i]))
            fprintf(f, ",%s", run < 0 ? "" : results_config(r, run, common[i], text, TEXT));
    fprintf(f, ",%s,%s", metrics[metric].key, which);
    fprintf(f, ",%s", sample_digits(s.v.mean, is_loss, text));
    fprintf(f, ",%s", sample_digits(s.v.std, is_loss, text));
    fprintf(f, ",%d,%d,%d,%.12s,%.12s\n", s.v.n, s.n_diverged, s.n_missing,
            run < 0 ? "" : results_manifest(r, run, "data_sha256"),
            run < 0 ? "" : results_manifest(r, run, "code_sha256"));
}

/* Tidy: a line for each cell, metric and kind of value; losses have only their last. */
static void write_csv(const struct results *r, FILE *f)
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

void table_write(const struct results *r, enum table_format format, FILE *f)
{
    if (format == TABLE_CSV)
        write_csv(r, f);
    else if (format == TABLE_LATEX)
        write_latex(r, f);
    else
        write_markdown(r, f);
}
