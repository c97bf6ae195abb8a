#include "report/results.h"
#include "core/file.h"
#include "core/json.h"
#include "core/registry.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 1200 };

const struct metric metrics[N_METRIC] = {
    {"acc_mean_pct", "mean of workers", 0},
    {"acc_worst_pct", "worst worker", 0},
    {"acc_average_pct", "averaged model", 0},
    {"test_loss_mean", "test loss", 1},
    {"consensus_distance", "consensus distance", 1},
    {"train_loss", "training loss", 1},
    {"label_heterogeneity_tv", "mean TV distance of labels", 1}};

const char *const which_key[N_WHICH] = {"last", "last5_mean", "best"};

int metric_find(const char *key)
{
    int m = N_METRIC - 1;
    while (m >= 0 && (!key || strcmp(key, metrics[m].key) != 0))
        m--;
    return m;
}

int is_better(int metric, double figure, double than)
{
    return metrics[metric].is_loss ? figure < than : figure > than;
}

static const char *text_of(const cJSON *o, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(o, key));
    return text ? text : "";
}

/* The manifest of a run that has ended by itself; anything else counts as missing. */
static void read_manifest(struct result *run, const char *runs, const char *experiment)
{
    char path[PATH];
    struct err e;
    snprintf(path, sizeof(path), "%.400s/%.64s/%.400s/manifest.json", runs, experiment,
             text_of(run->index, "dir"));
    run->manifest = file_exists(path) ? json_read(path, 0, &e) : NULL;
    const char *status = text_of(run->manifest, "status");
    run->diverged = !strcmp(status, "diverged");
    if ((!run->diverged && strcmp(status, "finished") != 0) ||
        !cJSON_IsObject(cJSON_GetObjectItem(run->manifest, "config"))) {
        run->diverged = 0;
        cJSON_Delete(run->manifest);
        run->manifest = NULL;
    }
}

/* Runs with the same axis values make a cell; they follow each other in the index. */
static void group(struct results *r)
{
    for (int i = 0; i < r->n_run; i++) {
        int same = i > 0;
        for (int a = 0; a < r->n_axis && same; a++)
            same = !strcmp(results_axis(r, i, a), results_axis(r, i - 1, a));
        if (!same)
            r->first[r->n_cell++] = i;
        r->run[i].cell = r->n_cell - 1;
    }
}

/* What the tables show: "metric" is a key or a list of them. */
static int read_metrics(struct results *r, const char *path, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItem(r->index, "metric");
    int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : list != NULL;
    for (; !list && r->n_metric < N_ACCURACY; r->n_metric++)
        r->metric[r->n_metric] = r->n_metric;
    for (int i = 0; i < n; i++) {
        const cJSON *v = cJSON_IsArray(list) ? cJSON_GetArrayItem(list, i) : list;
        const char *key = cJSON_GetStringValue(v), *known[N_METRIC];
        char hint[96];
        for (int m = 0; m < N_METRIC; m++)
            known[m] = metrics[m].key;
        if (metric_find(key) < 0 || r->n_metric == N_METRIC)
            return err_set(
                e, "%s: \"metric\" names '%.60s'%s, but takes up to %d of a manifest's results",
                path, key ? key : "",
                name_suggest(hint, sizeof(hint), key ? key : "", known, N_METRIC), N_METRIC);
        r->metric[r->n_metric++] = metric_find(key);
    }
    return r->n_metric ? 0 : err_set(e, "%s: \"metric\" names nothing to show", path);
}

static int read_scope(struct results *r, const char *path, struct err *e)
{
    const cJSON *v = cJSON_GetObjectItem(r->index, "scope");
    const char *key = v ? text_of(r->index, "scope") : metrics[r->metric[0]].key, *shown[N_METRIC];
    char hint[96];
    r->scope = -1;
    for (int k = 0; k < r->n_metric; k++) {
        shown[k] = metrics[r->metric[k]].key;
        if (!strcmp(key, shown[k]))
            r->scope = r->metric[k];
    }
    if (r->scope < 0)
        return err_set(e, "%s: \"scope\" names '%.60s'%s, but must be one of what the table shows",
                       path, key,
                       name_suggest(hint, sizeof(hint), key, shown, (size_t)r->n_metric));
    return 0;
}

static int read_axes(struct results *r, const char *path, struct err *e)
{
    const cJSON *v;
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(r->index, "axes")) {
        if (r->n_axis == MAX_AXIS || !cJSON_IsString(v))
            return err_set(e, "%s: \"axes\", element %d: must be one of at most %d names in quotes",
                           path, r->n_axis + 1, MAX_AXIS);
        r->axis[r->n_axis++] = v->valuestring;
    }
    return 0;
}

/* Claims are rows whose cells are told by objects of axis values. */
static int check_claims(const struct results *r, const char *path, struct err *e)
{
    static const char *const part[] = {"better", "than", "at"};
    const cJSON *claim;
    int n = 0;
    cJSON_ArrayForEach (claim, cJSON_GetObjectItem(r->index, "claims")) {
        n++;
        for (size_t i = 0; i < LENGTH(part); i++) {
            const cJSON *v = cJSON_GetObjectItem(claim, part[i]);
            if (v && !cJSON_IsObject(v))
                return err_set(e, "%s: claim %d: \"%s\" must be an object, {axis: value}", path, n,
                               part[i]);
        }
    }
    return 0;
}

int results_open(struct results *r, const char *runs, const char *experiment, const char *tier,
                 struct err *e)
{
    char path[PATH];
    memset(r, 0, sizeof(*r));
    snprintf(path, sizeof(path), "%.400s/%.64s/%.32s.json", runs, experiment, tier);
    if (!file_exists(path))
        return err_set(e, "%s is not there: run gossipbench sweep %.64s --tier %.32s first", path,
                       experiment, tier);
    if (!(r->index = json_read(path, 0, e)))
        return -1;
    r->experiment = text_of(r->index, "experiment"), r->tier = text_of(r->index, "tier");
    r->title = text_of(r->index, "title");
    const cJSON *list = cJSON_GetObjectItem(r->index, "runs"), *v;
    if (read_axes(r, path, e) < 0 || check_claims(r, path, e) < 0) {
        results_close(r);
        return -1;
    }
    size_t n = (size_t)cJSON_GetArraySize(list);
    r->run = xcalloc(n, sizeof(*r->run)), r->first = xcalloc(n, sizeof(*r->first));
    cJSON_ArrayForEach (v, list) {
        struct result *run = &r->run[r->n_run++];
        run->index = v;
        read_manifest(run, runs, experiment);
    }
    group(r);
    int status = read_metrics(r, path, e);
    if (status == 0)
        status = read_scope(r, path, e);
    if (status == 0 && results_is_tuning(r) && !results_is_axis(r, "lr"))
        status = err_set(e, "%s: has \"tune\": true, but no axis \"lr\"", path);
    if (status == 0)
        return 0;
    results_close(r);
    return -1;
}

void results_close(struct results *r)
{
    for (int i = 0; i < r->n_run; i++)
        cJSON_Delete(r->run[i].manifest);
    free(r->run), free(r->first);
    cJSON_Delete(r->index);
    memset(r, 0, sizeof(*r));
}

const char *results_axis(const struct results *r, int run, int axis)
{
    return text_of(r->run[run].index, r->axis[axis]);
}

const char *results_config(const struct results *r, int run, const char *key, char *buf,
                           size_t size)
{
    const cJSON *v = cJSON_GetObjectItem(cJSON_GetObjectItem(r->run[run].manifest, "config"), key);
    char *text = v && !cJSON_IsString(v) ? cJSON_PrintUnformatted(v) : NULL;
    snprintf(buf, size, "%s", text ? text : cJSON_IsString(v) ? v->valuestring : "");
    cJSON_free(text);
    return buf;
}

int results_differs(const struct results *r, const char *key)
{
    char first[256] = "", text[256];
    for (int i = 0; i < r->n_run; i++) {
        if (!results_config(r, i, key, text, sizeof(text))[0])
            continue;
        if (first[0] && strcmp(first, text) != 0)
            return 1;
        snprintf(first, sizeof(first), "%s", text);
    }
    return 0;
}

int results_is_axis(const struct results *r, const char *key)
{
    for (int a = 0; a < r->n_axis; a++)
        if (!strcmp(r->axis[a], key))
            return 1;
    return !strcmp(key, "seed");
}

int results_ended(const struct results *r, int cell)
{
    for (int i = 0; i < r->n_run; i++)
        if (r->run[i].manifest && (cell < 0 || r->run[i].cell == cell))
            return i;
    return -1;
}

const char *results_setting(const struct results *r, int cell, const char *key, char *buf,
                            size_t size)
{
    int run = results_ended(r, cell);
    if (run >= 0)
        return results_config(r, run, key, buf, size);
    snprintf(buf, size, "%s", text_of(r->run[r->first[cell]].index, key));
    return buf;
}

const char *results_manifest(const struct results *r, int run, const char *key)
{
    return text_of(r->run[run].manifest, key);
}

const char *results_shared(const struct results *r, int cell, const char *key)
{
    const char *shared = NULL;
    for (int i = r->first[cell]; i < r->n_run && r->run[i].cell == cell; i++) {
        const char *text = results_manifest(r, i, key);
        if (r->run[i].manifest && shared && strcmp(shared, text) != 0)
            return "several";
        shared = r->run[i].manifest ? text : shared;
    }
    return shared ? shared : "";
}

int results_is_tuning(const struct results *r)
{
    return cJSON_IsTrue(cJSON_GetObjectItem(r->index, "tune"));
}

int results_is_toy(const struct results *r, int run)
{
    char model[8];
    return !results_config(r, run, "model", model, sizeof(model))[0];
}

double results_value(const struct results *r, int run, int metric, const char *which)
{
    const cJSON *all = cJSON_GetObjectItem(r->run[run].manifest, "results");
    const cJSON *v = cJSON_GetObjectItem(all, metrics[metric].key);
    if (!v) /* of the partition, not of training */
        v = cJSON_GetObjectItem(r->run[run].manifest, metrics[metric].key);
    if (!metrics[metric].is_loss)
        v = cJSON_GetObjectItem(v, which);
    else if (strcmp(which, "last") != 0)
        return NAN;
    return cJSON_IsNumber(v) ? v->valuedouble : NAN;
}

struct summary results_summary(const struct results *r, int cell, int metric, const char *which)
{
    struct summary s = {.n_diverged = 0};
    double *value = xcalloc((size_t)r->n_run, sizeof(*value));
    int n = 0;
    for (int i = 0; i < r->n_run; i++) {
        double v = results_value(r, i, metric, which);
        if (r->run[i].cell != cell)
            continue;
        s.n_missing += !r->run[i].manifest, s.n_diverged += r->run[i].diverged;
        if (!r->run[i].diverged && isfinite(v))
            value[n++] = v;
    }
    s.v = sample_of(value, n);
    free(value);
    return s;
}

void sample_print(const struct sample *v, int is_loss, const char *plus_minus, FILE *f)
{
    if (isnan(v->mean))
        fprintf(f, "–");
    else
        fprintf(f, is_loss ? "%.3g" : "%.2f", v->mean);
    if (!isnan(v->std))
        fprintf(f, is_loss ? " %s %.2g" : " %s %.2f", plus_minus, v->std);
}

const char *sample_digits(double v, int is_loss, char buf[DIGITS])
{
    buf[0] = '\0';
    if (!isnan(v))
        snprintf(buf, DIGITS, is_loss ? "%.6g" : "%.4f", v);
    return buf;
}
