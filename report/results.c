#include "report/results.h"
#include "core/file.h"
#include "core/json.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

int results_path(const struct results *r, int run, const char *name, char path[PATH_LENGTH],
                 struct err *e)
{
    return path_print(path, e, "%s/%s/%s/%s", r->runs, r->folder,
                      json_field(r->run[run].index, "dir"), name);
}

/* Make every value of a configuration a text. */
static void make_texts(cJSON *config)
{
    for (cJSON *v = config ? config->child : NULL, *next; v; v = next) {
        char *text = json_words(v);
        next = v->next;
        cJSON_ReplaceItemInObjectCaseSensitive(config, v->string, cJSON_CreateString(text));
        free(text);
    }
}

/* The manifest of a run that has ended by itself; anything else counts as missing. */
static void read_manifest(struct results *r, int i)
{
    struct result *run = &r->run[i];
    char path[PATH_LENGTH];
    struct err e;
    int named = results_path(r, i, "manifest.json", path, &e) == 0;
    run->manifest = named && file_exists(path) ? json_read(path, 0, &e) : NULL;
    const char *status = json_field(run->manifest, "status");
    run->diverged = !strcmp(status, "diverged");
    if ((!run->diverged && strcmp(status, "finished") != 0) ||
        !cJSON_IsObject(cJSON_GetObjectItem(run->manifest, "config"))) {
        run->diverged = 0;
        cJSON_Delete(run->manifest);
        run->manifest = NULL;
    }
    make_texts(cJSON_GetObjectItem(run->manifest, "config"));
}

/* Whether two runs have the same axis values. */
static int same_cell(const struct results *r, int i, int k)
{
    for (int a = 0; a < r->n_axis; a++)
        if (strcmp(results_axis(r, i, a), results_axis(r, k, a)) != 0)
            return 0;
    return 1;
}

/* Whether the cell already has the run, by its folder or its configuration.  A run counts once,
 * even if the index names it more than once. */
static int is_repeated(const struct results *r, int i)
{
    const char *hash = results_manifest(r, i, "config_sha256");
    const char *dir = json_field(r->run[i].index, "dir");
    for (int k = i - 1; k >= 0 && same_cell(r, i, k); k--)
        if (!strcmp(json_field(r->run[k].index, "dir"), dir) ||
            (*hash && !strcmp(results_manifest(r, k, "config_sha256"), hash)))
            return 1;
    return 0;
}

static void add_run(struct results *r, const cJSON *index)
{
    struct result *run = &r->run[r->n_run];
    run->index = index;
    read_manifest(r, r->n_run);
    if (is_repeated(r, r->n_run)) {
        cJSON_Delete(run->manifest);
        *run = (struct result){.index = NULL};
        return;
    }
    r->n_run++, r->n_ended += run->manifest != NULL, r->n_diverged += run->diverged;
}

/* Runs with the same axis values make a cell; they follow each other in the index. */
static void group(struct results *r)
{
    for (int i = 0; i < r->n_run; i++) {
        if (i == 0 || !same_cell(r, i, i - 1))
            r->first[r->n_cell++] = i;
        r->run[i].cell = r->n_cell - 1;
    }
}

/* The metrics that tables show: "metric" is a key or a list of keys; by default the accuracies
 * that all runs have. */
static int read_metrics(struct results *r, const char *path, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItem(r->index, "metric");
    int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : list != NULL;
    for (int c = 0; c < N_COLUMN && !list; c++)
        if (columns[c].kind == ACCURACY && !columns[c].is_optional)
            r->metric[r->n_metric++] = c;
    for (int i = 0; i < n; i++) {
        const cJSON *v = cJSON_IsArray(list) ? cJSON_GetArrayItem(list, i) : list;
        const char *key = cJSON_GetStringValue(v);
        if (metric_find(key) < 0 || r->n_metric == N_COLUMN)
            return err_set(e, "%s: \"metric\" names '%.60s', which is not a result to compare",
                           path, key ? key : "");
        r->metric[r->n_metric++] = metric_find(key);
    }
    return r->n_metric ? 0 : err_set(e, "%s: \"metric\" names nothing to show", path);
}

static int read_scope(struct results *r, const char *path, struct err *e)
{
    const cJSON *v = cJSON_GetObjectItem(r->index, "scope");
    const char *key = v ? json_field(r->index, "scope") : columns[r->metric[0]].key;
    r->scope = metric_find(key);
    for (int k = 0; k < r->n_metric; k++)
        if (r->metric[k] == r->scope)
            return 0;
    return err_set(e, "%s: \"scope\" names '%.60s', but must be one of what the table shows", path,
                   key);
}

static int read_axes(struct results *r, const char *path, struct err *e)
{
    const cJSON *v;
    cJSON_ArrayForEach (v, cJSON_GetObjectItem(r->index, "axes")) {
        if (r->n_axis == AXIS_MAX || !cJSON_IsString(v))
            return err_set(e, "%s: \"axes\", element %d: must be one of at most %d names in quotes",
                           path, r->n_axis + 1, AXIS_MAX);
        r->axis[r->n_axis++] = v->valuestring;
    }
    return 0;
}

/* A text that is printed as one line must not contain line breaks. */
static const char *line_of(const cJSON *o, const char *key)
{
    const cJSON *v = cJSON_GetObjectItem(o, key);
    for (char *p = cJSON_IsString(v) ? v->valuestring : NULL; p && *p; p++)
        *p = (unsigned char)*p < ' ' ? ' ' : *p;
    return json_field(o, key);
}

/* Each part of a claim is an object {axis: value}. */
static int check_claims(const struct results *r, const char *path, struct err *e)
{
    static const char *const part[] = {"better", "than", "at", "more_than_at"};
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
        line_of(claim, "source");
    }
    return 0;
}

/* Check that the index has what runs are found by. */
static int check_runs(const struct results *r, const char *path, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItem(r->index, "runs"), *v;
    int n = 0;
    if (!cJSON_IsArray(list))
        return err_set(e, "%s: has no list \"runs\", so it is no index of runs", path);
    cJSON_ArrayForEach (v, list) {
        n++;
        if (!*json_field(v, "dir") || !cJSON_IsNumber(cJSON_GetObjectItem(v, "seed")))
            return err_set(e, "%s: run %d: must have a text \"dir\" and a number \"seed\"", path,
                           n);
    }
    return 0;
}

static int read_index(struct results *r, const char *path, struct err *e)
{
    r->experiment = line_of(r->index, "experiment"), r->tier = line_of(r->index, "tier");
    r->title = line_of(r->index, "title"), r->rates = line_of(r->index, "rates");
    r->note = line_of(r->index, "note");
    const cJSON *list = cJSON_GetObjectItem(r->index, "runs"), *v;
    if (read_axes(r, path, e) < 0 || check_claims(r, path, e) < 0 || read_metrics(r, path, e) < 0 ||
        read_scope(r, path, e) < 0 || check_runs(r, path, e) < 0)
        return -1;
    if (results_is_tuning(r) && !results_is_axis(r, "lr"))
        return err_set(e, "%s: has \"tune\": true, but no axis \"lr\"", path);
    size_t n = (size_t)cJSON_GetArraySize(list);
    r->run = xcalloc(n, sizeof(*r->run)), r->first = xcalloc(n, sizeof(*r->first));
    cJSON_ArrayForEach (v, list)
        add_run(r, v);
    group(r);
    return 0;
}

int results_open(struct results *r, const char *runs, const char *experiment, const char *tier,
                 struct err *e)
{
    char path[PATH_LENGTH];
    memset(r, 0, sizeof(*r)); /* so that closing it after a failure does nothing */
    if (path_print(path, e, "%s/%s/%s.json", runs, experiment, tier) < 0)
        return -1;
    if (!file_exists(path))
        return err_set(e, "%s is not there: run gossipbench sweep %.64s --tier %.32s first", path,
                       experiment, tier);
    cJSON *index = json_read(path, 0, e);
    return index ? results_of(r, runs, experiment, index, path, e) : -1;
}

int results_of(struct results *r, const char *runs, const char *experiment, cJSON *index,
               const char *path, struct err *e)
{
    memset(r, 0, sizeof(*r));
    r->index = index;
    r->runs = xstrdup(runs), r->folder = xstrdup(experiment);
    int status = read_index(r, path, e);
    if (status < 0)
        results_close(r);
    return status;
}

void results_close(struct results *r)
{
    for (int i = 0; i < r->n_run; i++)
        cJSON_Delete(r->run[i].manifest);
    free(r->run), free(r->first), free(r->runs), free(r->folder);
    cJSON_Delete(r->index);
    memset(r, 0, sizeof(*r));
}

const char *results_axis(const struct results *r, int run, int axis)
{
    return json_field(r->run[run].index, r->axis[axis]);
}

double results_seed(const struct results *r, int run)
{
    return cJSON_GetNumberValue(cJSON_GetObjectItem(r->run[run].index, "seed"));
}

const char *results_config(const struct results *r, int run, const char *key)
{
    return run < 0 ? "" : json_field(cJSON_GetObjectItem(r->run[run].manifest, "config"), key);
}

const char *results_data(const struct results *r)
{
    int run = results_ended(r, -1);
    return run < 0 ? "none" : results_config(r, run, "dataset");
}

int results_differs(const struct results *r, const char *key)
{
    const char *first = "";
    for (int i = 0; i < r->n_run; i++) {
        const char *text = results_config(r, i, key);
        if (*first && *text && strcmp(first, text) != 0)
            return 1;
        first = *text ? text : first;
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

const char *results_setting(const struct results *r, int cell, const char *key)
{
    int run = results_ended(r, cell);
    return run >= 0 ? results_config(r, run, key) : json_field(r->run[r->first[cell]].index, key);
}

const char *results_manifest(const struct results *r, int run, const char *key)
{
    return json_field(r->run[run].manifest, key);
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

/* How many characters of a version are its Major.Minor. */
static size_t minor_length(const char *version)
{
    size_t n = strcspn(version, ".");
    return version[n] ? n + 1 + strcspn(version + n + 1, ".") : n;
}

int same_minor(const char *version, const char *other)
{
    size_t n = minor_length(version);
    return n == minor_length(other) && strncmp(version, other, n) == 0;
}

int results_is_toy(const struct results *r, int run)
{
    return !*results_config(r, run, "model");
}

double results_value(const struct results *r, int run, int metric, const char *which)
{
    return manifest_value(r->run[run].manifest, metric, which);
}

double manifest_value(const cJSON *manifest, int metric, const char *which)
{
    const cJSON *all = cJSON_GetObjectItem(manifest, "results");
    enum column_kind kind = columns[metric].kind;
    const cJSON *v = cJSON_GetObjectItem(kind == SPLIT ? manifest : all, columns[metric].key);
    if (kind == ACCURACY)
        v = cJSON_GetObjectItem(v, which);
    else if (strcmp(which, "last") != 0)
        return NAN;
    return cJSON_GetNumberValue(v);
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
