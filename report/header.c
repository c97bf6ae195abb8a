#include "core/text.h"
#include "draw/names.h"
#include "report/content.h"
#include "report/origin.h"
#include "report/tables.h"
#include <math.h>
#include <string.h>

/* Whether the setting affects what the table shows, the state after the last epoch.  The intervals
 * of evaluations and checkpoints do not. */
static int affects_results(const char *key)
{
    static const char *const intervals[] = {"eval_every", "eval_last", "checkpoint_every",
                                            "checkpoint_minutes"};
    return !text_is_among(key, intervals, LENGTH(intervals));
}

int find_extra(const struct results *r, const char *extra[MAX_EXTRA])
{
    const cJSON *v;
    int n = 0;
    for (int i = 0; i < r->n_run; i++) /* all runs: some methods have keys that others lack */
        cJSON_ArrayForEach (v, cJSON_GetObjectItem(r->run[i].manifest, "config"))
            if (n < MAX_EXTRA && affects_results(v->string) && !results_is_axis(r, v->string) &&
                !text_is_among(v->string, extra, (size_t)n) && results_differs(r, v->string))
                extra[n++] = v->string;
    return n;
}

int has_accuracy(const struct results *r)
{
    for (int k = 0; k < r->n_metric; k++)
        if (!lower_is_better(r->metric[k]))
            return 1;
    return 0;
}

static double number_of(const struct results *r, int run, const char *key)
{
    return cJSON_GetNumberValue(cJSON_GetObjectItem(r->run[run].manifest, key));
}

/* A setting that is printed between two texts if it is the same in all runs; after a 1, an s at the
 * end is left out. */
struct common {
    const char *before, *key, *after;
};

static void common_write(const struct results *r, const struct common *all, size_t n, FILE *f)
{
    for (size_t i = 0; i < n; i++) {
        const char *key = all[i].key, *text = results_config(r, results_ended(r, -1), key);
        char shown[NAME_SHOWN];
        size_t n_after = strlen(all[i].after);
        n_after -= n_after && !strcmp(text, "1") && all[i].after[n_after - 1] == 's';
        if (*text && !results_is_axis(r, key) && !results_differs(r, key))
            fprintf(f, "%s%s%.*s", all[i].before, name_of_value(key, text, shown), (int)n_after,
                    all[i].after);
    }
}

void common_describe(const struct results *r, FILE *f)
{
    static const struct common all[] = {{": ", "dataset", ""},
                                        {", ", "model", ""},
                                        {", dim ", "dim", ""},
                                        {", n\u00a0=\u00a0", "workers", ""},
                                        {", ", "topology", ""}};
    common_write(r, all, LENGTH(all), f);
}

/* Write the shortened values of a key in the runs' manifests, each followed by what `tell` writes
 * about the first run with this value; if there are several, also their number. */
static void write_versions(const struct results *r, const char *key,
                           void (*tell)(const struct results *r, int run, FILE *f),
                           const char *what, FILE *f)
{
    int n = 0;
    for (int i = 0; i < r->n_run; i++) {
        const char *text = results_manifest(r, i, key);
        int seen = !r->run[i].manifest;
        for (int k = 0; k < i && !seen; k++)
            seen = r->run[k].manifest && !strcmp(results_manifest(r, k, key), text);
        if (seen)
            continue;
        fprintf(f, "%s%.12s", n++ ? ", " : "", text);
        tell(r, i, f);
    }
    if (n > 1)
        fprintf(f, ": %d %s in one table", n, what);
}

static void tell_commit(const struct results *r, int run, FILE *f)
{
    fprintf(f, " (commit %.18s)", results_manifest(r, run, "git_commit"));
}

static void tell_content(const struct results *r, int run, FILE *f)
{
    char text[CONTENT_TEXT];
    content_of(results_manifest(r, run, "data_sha256"), text);
    fprintf(f, "%s%s", *text ? ", " : "", text);
}

/* Data, network and schedule of what was trained. */
static void write_data(const struct results *r, int run, FILE *f)
{
    static const struct common all[] = {{"; ", "model", ""},
                                        {", n = ", "workers", ""},
                                        {", ", "topology", ""},
                                        {", ", "epochs", " epochs"},
                                        {", batch ", "batch_size", " per worker"}};
    const char *holdout = results_config(r, run, "holdout");
    const char *what = *results_manifest(r, run, "vocabulary_sha256") ? "texts" : "images";
    char shown[NAME_SHOWN];
    fprintf(f, "Data: %s, %.0f training and %.0f test %s (sha256 ",
            name_of_value("dataset", results_config(r, run, "dataset"), shown),
            number_of(r, run, "train_samples"), number_of(r, run, "test_samples"), what);
    write_versions(r, "data_sha256", tell_content, "sets of data", f);
    fputs(")", f);
    common_write(r, all, LENGTH(all), f);
    if (strcmp(holdout, "0") != 0 && *holdout)
        fprintf(f, "\nThe %s test %s are held out of the training set; the test set is not used",
                holdout, what);
    fputs("\n", f);
}

/* The same for a toy problem. */
static void write_toy(const struct results *r, int run, FILE *f)
{
    static const struct common all[] = {{", dim ", "dim", ""},
                                        {", heterogeneity ", "heterogeneity", ""},
                                        {", conditioning ", "conditioning", ""},
                                        {", noise ", "noise", ""},
                                        {"; ", "epochs", " rounds"},
                                        {", n = ", "workers", ""}};
    fprintf(f, "Problem: %s", results_config(r, run, "dataset"));
    common_write(r, all, LENGTH(all), f);
    fprintf(f, "; the test loss is the mean over workers of f(x) - min f\n");
}

void header_write(const struct results *r, FILE *f)
{
    int run = results_ended(r, -1);
    if (run < 0) {
        fprintf(f, "No run has ended\n");
        return;
    }
    if (results_is_toy(r, run))
        write_toy(r, run, f);
    else
        write_data(r, run, f);
    fprintf(f,
            "Scope: %s (%s)%s; values after the last epoch, mean ± sample standard deviation over "
            "seeds\n",
            columns[r->scope].name, columns[r->scope].key,
            has_accuracy(r) ? "; accuracies in percent" : "");
    fputs("Learning rates: ", f);
    if (results_is_tuning(r))
        fputs("the columns; bold: the best of its row by the scope", f);
    else
        origin_write(r, f);
    fputs("\n", f);
    origin_caution(r, f);
    fputs("Code: ", f);
    write_versions(r, "code_sha256", tell_commit, "versions", f);
    fprintf(f, "%s%s\n", *r->note ? "\nNote: " : "", r->note);
}
