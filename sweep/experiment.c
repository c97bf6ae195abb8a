#include "sweep/experiment.h"
#include "core/file.h"
#include "core/path.h"
#include "sweep/cells.h"
#include "sweep/config_file.h"
#include "sweep/parts.h"
#include "sweep/rates.h"
#include "sweep/reported.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int experiment_is_name(const char *name)
{
    const char *c = name;
    while (isalnum((unsigned char)*c) || *c == '-' || *c == '_')
        c++;
    return *name && *name != '-' && !*c && c - name < EXPERIMENT_NAME;
}

/* Name the experiment after its file. */
static int name_experiment(struct experiment *x, const char *path,
                           const struct experiment_request *q, struct err *e)
{
    const char *name = path_name(path), *end = strstr(name, ".json");
    int n = end && !end[strlen(".json")] ? (int)(end - name) : (int)strlen(name);
    x->tune = q->tune;
    if (n == 0 || *name == '.')
        return err_usage(e, "%.200s: the name of an experiment's file begins with no point", path);
    if (path_copy(x->path, sizeof(x->path), path, e) < 0)
        return -1;
    if (snprintf(x->name, sizeof(x->name), "%.*s", n, name) >= (int)sizeof(x->name) ||
        snprintf(x->tier, sizeof(x->tier), "%s", q->tier) >= (int)sizeof(x->tier))
        return err_usage(
            e, "%.200s: the name of an experiment has at most %zu characters, that of a tier %zu",
            path, sizeof(x->name) - 1, sizeof(x->tier) - 1);
    snprintf(x->index, sizeof(x->index), "%s%s", x->tier, q->tune ? "-tune" : "");
    return 0;
}

/* Read a tier of the file: its runs, and the parts for reports. */
static int read_tier(struct experiment *x, const char *path, const struct experiment_request *q,
                     struct err *e)
{
    return name_experiment(x, path, q, e) < 0 || parts_check(x, path, e) < 0 ||
                   rates_open(x, e) < 0 || cells_make(x, path, q, e) < 0 ||
                   reported_check(x, path, e) < 0
               ? -1
               : 0;
}

/* Read a tier only to check it. */
static int check_tier(void *json, const char *path, const char *tier, int tune, struct err *e)
{
    struct experiment x = {.json = json};
    struct err inner = {.text = ""};
    const struct experiment_request q = {.tier = tier, .tune = tune};
    int status = read_tier(&x, path, &q, &inner);
    x.json = NULL; /* the caller's */
    experiment_close(&x);
    if (status < 0)
        (inner.usage ? err_usage : err_set)(e, "%.900s (%stier %.30s)", inner.text,
                                            tune ? "the tuning of " : "", tier);
    return status;
}

/* The same for all tiers of the file, and for their tuning. */
static int check_tiers(void *json, const char *path, struct err *e)
{
    const cJSON *tier;
    cJSON_ArrayForEach (tier, cJSON_GetObjectItem(json, "tiers")) {
        const cJSON *own = cJSON_GetObjectItem(tier, "tune");
        int tune = own ? !cJSON_IsNull(own) : cJSON_HasObjectItem(json, "tune");
        for (int k = 0; k <= tune; k++)
            if (check_tier(json, path, tier->string, k, e) < 0)
                return -1;
    }
    return 0;
}

/* The file of experiments/NAME.json, or a path that ends in .json. */
static int find_file(const char *name, char path[PATH_LENGTH], struct err *e)
{
    char below[PATH_LENGTH];
    if (strstr(name, ".json"))
        return path_print(path, e, "%s", name);
    return path_print(below, e, "experiments/%s.json", name) < 0
               ? -1
               : path_print(path, e, "%s", path_installed(below));
}

int experiment_open(struct experiment *x, const char *name, const struct experiment_request *q,
                    struct err *e)
{
    char path[PATH_LENGTH];
    memset(x, 0, sizeof(*x));
    if (find_file(name, path, e) < 0 || !(x->json = config_json(path, e)))
        return -1;
    if (read_tier(x, path, q, e) == 0 && check_tiers(x->json, path, e) == 0)
        return 0;
    experiment_close(x);
    return -1;
}

int experiment_check(const char *name, char named[EXPERIMENT_NAME], struct err *e)
{
    char path[PATH_LENGTH];
    struct experiment x = {.json = NULL};
    if (find_file(name, path, e) < 0 ||
        name_experiment(&x, path, &(struct experiment_request){.tier = ""}, e) < 0)
        return -1;
    snprintf(named, EXPERIMENT_NAME, "%s", x.name);
    if (!strstr(name, ".json") && !file_exists(path))
        return 0;
    cJSON *json = config_json(path, e);
    int status = json ? check_tiers(json, path, e) : -1;
    cJSON_Delete(json);
    return status;
}

void experiment_close(struct experiment *x)
{
    cJSON_Delete(x->json), cJSON_Delete(x->rates);
    free(x->cell);
    memset(x, 0, sizeof(*x));
}

int cell_has(const struct experiment *x, const struct cell *cell, const char *key,
             const char *value, struct err *e)
{
    char text[CONFIG_VALUE], quoted[CONFIG_VALUE];
    struct config other = cell->c;
    for (int a = 0; a < x->n_axis; a++)
        if (!strcmp(x->axis[a], key))
            return !strcmp(cell->value[a], value);
    if (config_set(&other, key, value, e) < 0)
        return -1;
    for (int i = 0; config_key(i); i++)
        if (!strcmp(config_key(i), key)) {
            config_value(&cell->c, i, text, sizeof(text));
            return !strcmp(text, config_value(&other, i, quoted, sizeof(quoted)));
        }
    return 0;
}

void *experiment_index(const struct experiment *x)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "experiment", x->name);
    cJSON_AddStringToObject(o, "tier", x->index);
    cJSON_AddBoolToObject(o, "tune", x->tune);
    for (size_t i = 0; i < N_REPORTED; i++)
        if (parts_get(x, reported_key[i]))
            cJSON_AddItemToObject(o, reported_key[i],
                                  cJSON_Duplicate(parts_get(x, reported_key[i]), 1));
    if (x->rates)
        cJSON_AddItemToObject(o, "rates_file", rates_source(x));
    cJSON *axes = cJSON_AddArrayToObject(o, "axes");
    for (int a = 0; a < x->n_axis; a++)
        cJSON_AddItemToArray(axes, cJSON_CreateString(x->axis[a]));
    cJSON *cells = cJSON_AddArrayToObject(o, "runs");
    for (int i = 0; i < x->n_cell; i++) {
        const struct cell *cell = &x->cell[i];
        if (cell->is_unrated)
            continue;
        cJSON *c = cJSON_CreateObject();
        cJSON_AddStringToObject(c, "dir", cell->dir);
        cJSON_AddNumberToObject(c, "seed", (double)cell->c.seed);
        for (int a = 0; a < x->n_axis; a++)
            cJSON_AddStringToObject(c, x->axis[a], cell->value[a]);
        if (cell->rate)
            cJSON_AddItemToObject(c, "rate", rates_choice(cell->rate));
        cJSON_AddItemToArray(cells, c);
    }
    return o;
}

int experiment_write_index(const struct experiment *x, const char *dir, struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s.json", dir, x->index) < 0)
        return -1;
    cJSON *o = experiment_index(x);
    char *text = cJSON_Print(o);
    int status = file_replace(path, text, strlen(text), e);
    cJSON_free(text);
    cJSON_Delete(o);
    return status;
}
