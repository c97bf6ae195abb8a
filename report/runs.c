#include "report/runs.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "report/folder.h"
#include "report/results.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* All runs that have ended, and the keys that any of them has. */
struct list {
    struct one {
        char *dir;
        cJSON *manifest;
    } * run;
    int n_run, n_key, n_left_out;
    const char **key; /* in the manifests */
};

static int has_ended(const cJSON *manifest)
{
    const char *status = json_field(manifest, "status");
    return !strcmp(status, "finished") || !strcmp(status, "diverged");
}

static void add_keys(struct list *l, const cJSON *config)
{
    const cJSON *v;
    cJSON_ArrayForEach (v, config) {
        int k = 0;
        while (k < l->n_key && strcmp(l->key[k], v->string) != 0)
            k++;
        if (k == l->n_key) {
            l->key = xgrow(l->key, l->n_key, sizeof(*l->key));
            l->key[l->n_key++] = v->string;
        }
    }
}

/* Add the run in the folder, if it is one. */
static int add_run(struct list *l, const char *dir, const char *tier, struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/manifest.json", dir) < 0)
        return -1;
    if (!file_exists(path))
        return 0;
    cJSON *o = json_read(path, 0, e);
    if (!o)
        return -1;
    int is_asked = !tier || !strcmp(tier, json_field(o, "tier"));
    l->n_left_out += is_asked && !has_ended(o);
    if (!is_asked || !has_ended(o)) {
        cJSON_Delete(o);
        return 0;
    }
    l->run = xgrow(l->run, l->n_run, sizeof(*l->run));
    l->run[l->n_run++] = (struct one){xstrdup(dir), o};
    add_keys(l, cJSON_GetObjectItem(o, "config"));
    return 0;
}

/* Add the runs in RUNS/experiment. */
static int add_experiment(struct list *l, const char *runs, const char *experiment,
                          const char *tier, struct err *e)
{
    char dir[PATH_LENGTH], path[PATH_LENGTH];
    struct folder f;
    if (path_print(dir, e, "%s/%s", runs, experiment) < 0)
        return -1;
    folder_open(&f, dir, "");
    int status = 0;
    for (int i = 0; i < f.n && status == 0; i++)
        if (f.name[i][0] != '.')
            status =
                path_print(path, e, "%s/%s", dir, f.name[i]) < 0 ? -1 : add_run(l, path, tier, e);
    folder_close(&f);
    return status;
}

static int add_all(struct list *l, const char *runs, const char *tier, struct err *e)
{
    struct folder f;
    folder_open(&f, runs, "");
    int status = 0;
    for (int i = 0; i < f.n && status == 0; i++)
        if (f.name[i][0] != '.')
            status = add_experiment(l, runs, f.name[i], tier, e);
    folder_close(&f);
    return status;
}

static void put(const char *text, FILE *f)
{
    csv_put(text, f);
    fputc(',', f);
}

/* A value of a configuration: a text as it is, the rest as JSON. */
static void put_setting(const cJSON *v, FILE *f)
{
    char *text = json_words(v);
    put(text, f);
    free(text);
}

static const char *const words[] = {"experiment", "tier", "cell", "status"};
static const char *const digests[] = {"config_sha256", "data_sha256", "split_sha256", "code_sha256",
                                      "version"};

static void put_head(const struct list *l, FILE *f)
{
    put("run", f);
    for (size_t i = 0; i < LENGTH(words); i++)
        put(words[i], f);
    for (int k = 0; k < l->n_key; k++)
        put(l->key[k], f);
    for (size_t i = 0; i < LENGTH(digests); i++)
        put(digests[i], f);
    fputs("scope,value,result\n", f);
}

/* The part of a row that all numbers of a run have. */
static char *row_of(const struct list *l, const struct one *run)
{
    struct text t;
    FILE *f = text_open(&t);
    const cJSON *config = cJSON_GetObjectItem(run->manifest, "config");
    put(run->dir, f);
    for (size_t i = 0; i < LENGTH(words); i++)
        put(json_field(run->manifest, words[i]), f);
    for (int k = 0; k < l->n_key; k++)
        put_setting(cJSON_GetObjectItemCaseSensitive(config, l->key[k]), f);
    for (size_t i = 0; i < LENGTH(digests); i++)
        put(json_field(run->manifest, digests[i]), f);
    return text_close(&t);
}

static void put_run(const struct list *l, const struct one *run, FILE *f)
{
    char *row = row_of(l, run);
    for (int m = 0; m < N_COLUMN; m++)
        for (int w = 0; w < N_WHICH && column_is_compared(m); w++) {
            double v = manifest_value(run->manifest, m, which_key[w]);
            if (isnan(v))
                continue;
            fprintf(f, "%s%s,%s,", row, columns[m].key, which_key[w]);
            column_print(f, m, v);
            fputc('\n', f);
        }
    free(row);
}

int runs_write(const char *runs, const char *experiment, const char *tier, FILE *f, int *n_left_out,
               struct err *e)
{
    struct list l = {.n_run = 0};
    int status =
        experiment ? add_experiment(&l, runs, experiment, tier, e) : add_all(&l, runs, tier, e);
    if (status == 0 && l.n_run == 0)
        status = err_set(e, "%s: has no run that has ended%s%s%s%s", runs, experiment ? " of " : "",
                         experiment ? experiment : "", tier ? ", of tier " : "", tier ? tier : "");
    if (status == 0)
        put_head(&l, f);
    for (int i = 0; i < l.n_run && status == 0; i++)
        put_run(&l, &l.run[i], f);
    for (int i = 0; i < l.n_run; i++)
        free(l.run[i].dir), cJSON_Delete(l.run[i].manifest);
    free(l.run), free(l.key);
    *n_left_out = l.n_left_out;
    return status;
}
