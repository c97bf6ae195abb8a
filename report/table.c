#include "report/table.h"
#include <math.h>
#include <string.h>

enum { MAX_EXTRA = 8, TEXT = 256 };

static const char *const which_key[] = {"last", "last5_mean", "best"};

/* A run that ended, to read common settings from; -1 if there is none. */
static int any_run(const struct results *r)
{
    for (int i = 0; i < r->n_run; i++)
        if (r->run[i].manifest)
            return i;
    return -1;
}

/* The run to read a cell's own settings from; -1 if none has ended. */
static int run_of(const struct results *r, int cell)
{
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++)
        if (r->run[i].manifest)
            return i;
    return -1;
}

static int is_axis(const struct results *r, const char *key)
{
    for (int a = 0; a < r->n_axis; a++)
        if (!strcmp(r->axis[a], key))
            return 1;
    return !strcmp(key, "seed");
}

/* Settings that differ between cells without being axes, as tuned learning rates do. */
static int find_extra(const struct results *r, const char *extra[MAX_EXTRA])
{
    int base = any_run(r), n = 0;
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
        if (differs && !is_axis(r, v->string) && n < MAX_EXTRA)
            extra[n++] = v->string;
    }
    return n;
}

static double number_of(const struct results *r, int run, const char *key)
{
    const cJSON *v = cJSON_GetObjectItem(r->run[run].manifest, key);
    return cJSON_IsNumber(v) ? v->valuedouble : NAN;
}

static const char *string_of(const struct results *r, int run, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(r->run[run].manifest, key));
    return text ? text : "";
}

/* What every cell has in common: data, network, schedule, code. */
static void write_header(const struct results *r, const char *comment, FILE *f)
{
    int run = any_run(r);
    char v[6][TEXT];
    fprintf(f, "%s%s (%s, tier %s)\n", comment, r->title, r->experiment, r->tier);
    if (run < 0)
        return;
    fprintf(f,
            "%sData: %s, %.0f training and %.0f test images (sha256 %.12s); %s epochs, batch %s "
            "per worker, %s, n = %s\n",
            comment, results_config(r, run, "dataset", v[0], TEXT),
            number_of(r, run, "train_samples"), number_of(r, run, "test_samples"),
            string_of(r, run, "data_sha256"), results_config(r, run, "epochs", v[1], TEXT),
            results_config(r, run, "batch_size", v[2], TEXT),
            results_config(r, run, "model", v[3], TEXT),
            results_config(r, run, "workers", v[4], TEXT));
    results_config(r, run, "holdout", v[5], TEXT);
    if (strcmp(v[5], "0") != 0)
        fprintf(f, "%sThe %s test images are held out of the training set, not the test set\n",
                comment, v[5]);
    fprintf(f,
            "%sAccuracy in percent after the last epoch, mean ± sample standard deviation over "
            "seeds; code %.12s, commit %s\n",
            comment, string_of(r, run, "code_sha256"), string_of(r, run, "git_commit"));
}

static void write_figure(const struct summary *s, const char *plus_minus, FILE *f)
{
    if (isnan(s->mean))
        fprintf(f, "–");
    else if (isnan(s->std))
        fprintf(f, "%.2f", s->mean);
    else
        fprintf(f, "%.2f %s %.2f", s->mean, plus_minus, s->std);
}

/* "3", "2 (1 diverged)" */
static void write_seeds(const struct summary *s, FILE *f)
{
    fprintf(f, "%d", s->n);
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
        struct summary s = results_summary(r, c, 0, "last");
        int run = run_of(r, c);
        fputs(open, f);
        for (int a = 0; a < r->n_axis; a++)
            fprintf(f, "%s%s", results_axis(r, r->first[c], a), between);
        for (int x = 0; x < n_extra; x++)
            fprintf(f, "%s%s", run < 0 ? "" : results_config(r, run, extra[x], text, sizeof(text)),
                    between);
        for (int k = 0; k < N_SCOPE; k++) {
            struct summary v = results_summary(r, c, k, "last");
            write_figure(&v, plus_minus, f);
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
    for (int k = 0; k < N_SCOPE; k++)
        fprintf(f, " %s |", scope_name[k]);
    fputs(" seeds |\n|", f);
    for (int i = 0; i < r->n_axis + n_extra + N_SCOPE + 1; i++)
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
    fputs("cccc}\n\\toprule\n", f);
    for (int a = 0; a < r->n_axis; a++)
        fprintf(f, "%s & ", r->axis[a]);
    for (int x = 0; x < n_extra; x++) {
        for (const char *p = extra[x]; *p; p++)
            fprintf(f, "%s%c", *p == '_' ? "\\" : "", *p);
        fputs(" & ", f);
    }
    for (int k = 0; k < N_SCOPE; k++)
        fprintf(f, "%s & ", scope_name[k]);
    fputs("seeds \\\\\n\\midrule\n", f);
    write_rows(r, "", " & ", " \\\\\n", "$\\pm$", f);
    fputs("\\bottomrule\n\\end{tabular}\n", f);
}

static void write_number(double v, FILE *f)
{
    if (isnan(v))
        fputs(",", f);
    else
        fprintf(f, ",%.4f", v);
}

/* Tidy: a line for each cell, scope and kind of value. */
static void write_csv(const struct results *r, FILE *f)
{
    static const char *const common[] = {"dataset", "model",      "workers", "topology",
                                         "epochs",  "batch_size", "lr"};
    char text[TEXT];
    fputs("experiment,tier", f);
    for (int a = 0; a < r->n_axis; a++)
        fprintf(f, ",%s", r->axis[a]);
    for (size_t i = 0; i < LENGTH(common); i++)
        if (!is_axis(r, common[i]))
            fprintf(f, ",%s", common[i]);
    fputs(",scope,value,mean_pct,std_pct,seeds,diverged,missing,data_sha256,code_sha256\n", f);
    for (int c = 0; c < r->n_cell; c++)
        for (int k = 0; k < N_SCOPE; k++)
            for (size_t w = 0; w < LENGTH(which_key); w++) {
                struct summary s = results_summary(r, c, k, which_key[w]);
                int run = run_of(r, c);
                fprintf(f, "%s,%s", r->experiment, r->tier);
                for (int a = 0; a < r->n_axis; a++)
                    fprintf(f, ",%s", results_axis(r, r->first[c], a));
                for (size_t i = 0; i < LENGTH(common); i++)
                    if (!is_axis(r, common[i]))
                        fprintf(f, ",%s",
                                run < 0 ? "" : results_config(r, run, common[i], text, TEXT));
                fprintf(f, ",%s,%s", scope_key[k], which_key[w]);
                write_number(s.mean, f), write_number(s.std, f);
                fprintf(f, ",%d,%d,%d,%.12s,%.12s\n", s.n, s.n_diverged, s.n_missing,
                        run < 0 ? "" : string_of(r, run, "data_sha256"),
                        run < 0 ? "" : string_of(r, run, "code_sha256"));
            }
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
