#include "sweep/experiment.h"
#include "core/file.h"
#include "core/path.h"
#include "sweep/config_file.h"
#include "sweep/parts.h"
#include "sweep/reported.h"
#include "train/task.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CELL = 10000 };

/* The inputs of the cells, while the file is read. */
struct reading {
    struct experiment *x;
    const char *path;
    const struct experiment_request *q;
};

/* Whether the text equals the value, or a value in the list. */
static int is_value(const char *text, const cJSON *v)
{
    char other[VALUE_TEXT];
    const cJSON *one;
    if (!cJSON_IsArray(v))
        return !strcmp(text, json_text(v, other));
    cJSON_ArrayForEach (one, v)
        if (is_value(text, one))
            return 1;
    return 0;
}

/* Whether the cell has all the axis values that the object names. */
static int applies(const struct experiment *x, const struct cell *cell, const cJSON *when)
{
    const cJSON *v;
    cJSON_ArrayForEach (v, when) {
        int same = 0;
        for (int a = 0; a < x->n_axis; a++)
            same |= !strcmp(x->axis[a], v->string) && is_value(cell->value[a], v);
        if (!same)
            return 0;
    }
    return 1;
}

static int skipped(const struct reading *r, const struct cell *cell)
{
    const cJSON *v;
    cJSON_ArrayForEach (v, parts_get(r->x, "skip"))
        if (applies(r->x, cell, v))
            return 1;
    return 0;
}

/* Set base, axis values and settings of point k of the grid; the last axis varies fastest. */
static int make_point(const struct reading *r, struct cell *cell, int k, struct err *e)
{
    const cJSON *axes = parts_get(r->x, "axes"), *v;
    char text[VALUE_TEXT];
    config_default(&cell->c);
    if (config_set_object(&cell->c, r->path, "base", cJSON_GetObjectItem(r->x->json, "base"), e) <
            0 ||
        config_set_object(&cell->c, r->path, "the tier's base",
                          cJSON_GetObjectItem(parts_tier(r->x), "base"), e) < 0)
        return -1;
    for (int a = cJSON_GetArraySize(axes) - 1; a >= 0; a--) {
        const cJSON *axis = cJSON_GetArrayItem(axes, a);
        int n = cJSON_GetArraySize(axis);
        v = cJSON_GetArrayItem(axis, k % n), k /= n;
        snprintf(cell->value[a], AXIS_VALUE, "%.*s", AXIS_VALUE - 1, json_text(v, text));
        if (strcmp(axis->string, variant) != 0 &&
            config_set_json(&cell->c, r->path, axis->string, v, e) < 0)
            return -1;
    }
    cJSON_ArrayForEach (v, parts_get(r->x, "settings")) {
        if (applies(r->x, cell, cJSON_GetObjectItem(v, "when")) &&
            config_set_object(&cell->c, r->path, "a row's set", cJSON_GetObjectItem(v, "set"), e) <
                0)
            return -1;
    }
    return 0;
}

/* Add the names and the settings of the command line, which completes the cell, and check it. */
static int finish_cell(const struct reading *r, struct cell *cell, struct err *e)
{
    const struct experiment *x = r->x;
    char hash[HASH_TEXT];
    struct err inner = {.text = ""};
    for (int a = 0; a < x->n_axis; a++) {
        int named = config_is_text(x->axis[a]) || !strcmp(x->axis[a], variant);
        size_t at = strlen(cell->name), room = CELL_NAME - at;
        if ((size_t)snprintf(cell->name + at, room, "%s%s%s", a ? "_" : "", named ? "" : x->axis[a],
                             cell->value[a]) >= room)
            return err_usage(e, "%s: the name of cell %.60s... is longer than %d characters",
                             r->path, cell->name, CELL_NAME - 1);
    }
    for (char *p = cell->name; *p; p++) /* the path of a graph's file must not make folders */
        *p = *p == '/' || *p == ' ' ? '-' : *p;
    for (int i = 0; i < r->q->n_set; i++)
        if (config_set(&cell->c, r->q->set[i].key, r->q->set[i].value, e) < 0)
            return -1;
    if (config_check(&cell->c, &inner) < 0 || task_check(&cell->c, &inner) < 0 ||
        config_hash(&cell->c, hash, &inner) < 0)
        return (inner.usage ? err_usage : err_set)(e, "%s: cell %s: %.700s", r->path, cell->name,
                                                   inner.text);
    snprintf(cell->dir, sizeof(cell->dir), "%s-s%ld-%.8s", cell->name, cell->c.seed, hash);
    return 0;
}

/* Add a cell to the experiment: the point with one more key set. */
static int add_cell(const struct reading *r, const struct cell *point, const char *key,
                    const cJSON *value, struct err *e)
{
    struct experiment *x = r->x;
    if (x->n_cell == MAX_CELL)
        return err_usage(e, "%s: the grid has more than %d runs", r->path, MAX_CELL);
    x->cell = realloc(x->cell, (size_t)(x->n_cell + 1) * sizeof(*x->cell));
    if (!x->cell)
        die("out of memory for %d runs", x->n_cell + 1);
    struct cell *cell = &x->cell[x->n_cell++];
    char text[VALUE_TEXT];
    *cell = *point;
    if (r->x->tune)
        snprintf(cell->value[x->n_axis - 1], AXIS_VALUE, "%.*s", AXIS_VALUE - 1,
                 json_text(value, text));
    return config_set_json(&cell->c, r->path, key, value, e) < 0 ? -1 : finish_cell(r, cell, e);
}

static int add_seeds(const struct reading *r, const struct cell *point, struct err *e)
{
    const cJSON *seed;
    cJSON_ArrayForEach (seed, parts_get(r->x, "seeds"))
        if (add_cell(r, point, "seed", seed, e) < 0)
            return -1;
    return 0;
}

/* Add a cell for each rate of the first row of the grid that applies to the point.  A row with an
 * empty list of rates intentionally leaves the point out. */
static int add_rates(const struct reading *r, struct cell *point, struct err *e)
{
    const cJSON *tune = parts_get(r->x, "tune"), *row, *rates = NULL, *lr;
    cJSON_ArrayForEach (row, cJSON_GetObjectItem(tune, "grid")) {
        if (!rates && applies(r->x, point, cJSON_GetObjectItem(row, "when")))
            rates = cJSON_GetObjectItem(row, "lr");
    }
    if (!cJSON_IsArray(rates))
        return err_usage(e, "%s: \"tune\" has no rates for %.60s %.60s", r->path, point->value[0],
                         point->value[1]);
    if (config_set_json(&point->c, r->path, "seed", cJSON_GetObjectItem(tune, "seed"), e) < 0 ||
        config_set_json(&point->c, r->path, "holdout", cJSON_GetObjectItem(tune, "holdout"), e) <
            0 ||
        config_set_object(&point->c, r->path, "tune's set", cJSON_GetObjectItem(tune, "set"), e) <
            0)
        return -1;
    cJSON_ArrayForEach (lr, rates)
        if (add_cell(r, point, "lr", lr, e) < 0)
            return -1;
    return 0;
}

/* Whether the runs differ in the key, so that one value for all would give rows wrong names: an
 * axis, the seed, or what a variant sets. */
static int varies(const struct reading *r, const char *key)
{
    const cJSON *row;
    if (cJSON_HasObjectItem(parts_get(r->x, "axes"), key) ||
        !strcmp(key, r->x->tune ? "lr" : "seed"))
        return 1;
    cJSON_ArrayForEach (row, parts_get(r->x, "settings"))
        if (cJSON_HasObjectItem(cJSON_GetObjectItem(row, "when"), variant) &&
            cJSON_HasObjectItem(cJSON_GetObjectItem(row, "set"), key))
            return 1;
    return 0;
}

static int check_overrides(const struct reading *r, struct err *e)
{
    for (int i = 0; i < r->q->n_set; i++) {
        const struct setting *s = &r->q->set[i];
        if (varies(r, s->key))
            return err_usage(
                e,
                "%s varies %s, so %s cannot be set for all its runs; --filter %s=%.60s "
                "makes only the runs that have this value",
                r->path, s->key, s->key, s->key, s->value);
    }
    return 0;
}

static int make_cells(const struct reading *r, struct err *e)
{
    const cJSON *v;
    int n_point = 1;
    cJSON_ArrayForEach (v, parts_get(r->x, "axes")) {
        char *name = r->x->axis[r->x->n_axis++];
        if (snprintf(name, sizeof(r->x->axis[0]), "%s", v->string) >= (int)sizeof(r->x->axis[0]))
            return err_usage(e, "%s: axis %.60s is not a configuration key", r->path, v->string);
        n_point *= cJSON_GetArraySize(v);
    }
    if (r->x->tune)
        snprintf(r->x->axis[r->x->n_axis++], sizeof(r->x->axis[0]), "lr");
    for (int k = 0; k < n_point; k++) {
        struct cell point;
        memset(&point, 0, sizeof(point));
        if (make_point(r, &point, k, e) < 0)
            return -1;
        if (!skipped(r, &point) &&
            (r->x->tune ? add_rates(r, &point, e) : add_seeds(r, &point, e)) < 0)
            return -1;
    }
    return r->x->n_cell ? 0 : err_usage(e, "%s: \"skip\" leaves no cell", r->path);
}

/* Name the experiment after its file. */
static int name_experiment(struct experiment *x, const char *path,
                           const struct experiment_request *q, struct err *e)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int n = (int)strcspn(name, ".");
    x->tune = q->tune;
    if (snprintf(x->name, sizeof(x->name), "%.*s", n, name) >= (int)sizeof(x->name) ||
        snprintf(x->tier, sizeof(x->tier), "%s", q->tier) >= (int)sizeof(x->tier))
        return err_usage(e,
                         "%.200s: the name of an experiment has at most %zu characters, that of "
                         "a tier %zu",
                         path, sizeof(x->name) - 1, sizeof(x->tier) - 1);
    snprintf(x->index, sizeof(x->index), "%s%s", x->tier, q->tune ? "-tune" : "");
    return 0;
}

/* Read a tier of the file: its runs, and what reports will say of them. */
static int read_tier(struct experiment *x, const char *path, const struct experiment_request *q,
                     struct err *e)
{
    const struct reading r = {x, path, q};
    return name_experiment(x, path, q, e) < 0 || parts_check(x, path, e) < 0 ||
                   check_overrides(&r, e) < 0 || make_cells(&r, e) < 0 ||
                   reported_check(x, path, e) < 0
               ? -1
               : 0;
}

/* Read a tier, only to see whether it is right. */
static int check_tier(void *json, const char *path, const char *tier, int tune, struct err *e)
{
    struct experiment x = {.json = json};
    struct err inner = {.text = ""};
    const struct experiment_request q = {.tier = tier, .tune = tune};
    int status = read_tier(&x, path, &q, &inner);
    free(x.cell);
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
        int tune = cJSON_HasObjectItem(json, "tune") || cJSON_HasObjectItem(tier, "tune");
        for (int k = 0; k <= tune; k++)
            if (check_tier(json, path, tier->string, k, e) < 0)
                return -1;
    }
    return 0;
}

/* The file of experiments/NAME.json, or a path that ends in .json. */
static int find_file(const char *name, char path[PATH_LENGTH], struct err *e)
{
    return strstr(name, ".json")
               ? path_print(path, e, "%s", name)
               : path_print(path, e, "%s/%s.json", path_in_root("experiments"), name);
}

int experiment_open(struct experiment *x, const char *name, const struct experiment_request *q,
                    struct err *e)
{
    char path[PATH_LENGTH];
    memset(x, 0, sizeof(*x));
    if (find_file(name, path, e) < 0 || !(x->json = json_read(path, 1, e)))
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
    cJSON *json = json_read(path, 1, e);
    int status = json ? check_tiers(json, path, e) : -1;
    cJSON_Delete(json);
    return status;
}

void experiment_close(struct experiment *x)
{
    cJSON_Delete(x->json);
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

int experiment_write_index(const struct experiment *x, const char *dir, struct err *e)
{
    char path[1200];
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "experiment", x->name);
    cJSON_AddStringToObject(o, "tier", x->index);
    cJSON_AddBoolToObject(o, "tune", x->tune);
    for (size_t i = 0; i < N_REPORTED; i++)
        if (parts_get(x, reported_key[i]))
            cJSON_AddItemToObject(o, reported_key[i],
                                  cJSON_Duplicate(parts_get(x, reported_key[i]), 1));
    cJSON *axes = cJSON_AddArrayToObject(o, "axes");
    for (int a = 0; a < x->n_axis; a++)
        cJSON_AddItemToArray(axes, cJSON_CreateString(x->axis[a]));
    cJSON *cells = cJSON_AddArrayToObject(o, "runs");
    for (int i = 0; i < x->n_cell; i++) {
        const struct cell *cell = &x->cell[i];
        cJSON *c = cJSON_CreateObject();
        cJSON_AddStringToObject(c, "dir", cell->dir);
        cJSON_AddNumberToObject(c, "seed", (double)cell->c.seed);
        for (int a = 0; a < x->n_axis; a++)
            cJSON_AddStringToObject(c, x->axis[a], cell->value[a]);
        cJSON_AddItemToArray(cells, c);
    }
    char *text = cJSON_Print(o);
    snprintf(path, sizeof(path), "%.1000s/%s.json", dir, x->index);
    int status = file_replace(path, text, strlen(text), e);
    cJSON_free(text);
    cJSON_Delete(o);
    return status;
}
