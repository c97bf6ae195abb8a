#include "train/experiment.h"
#include "core/file.h"
#include "core/json.h"
#include "train/task.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A JSON value as the text that config_set takes; in buf, or "" if it is of no fitting kind. */
static const char *value_text(const cJSON *v, char *buf, size_t size)
{
    char *text = cJSON_IsString(v) ? NULL : cJSON_PrintUnformatted(v);
    snprintf(buf, size, "%s", cJSON_IsString(v) ? v->valuestring : text ? text : "");
    cJSON_free(text);
    return buf;
}

static int set_one(struct config *c, const char *path, const char *key, const cJSON *v,
                   struct err *e)
{
    char text[2 * CONFIG_TEXT];
    struct err inner;
    if (cJSON_IsString(v) != config_is_text(key) && !config_set(c, key, "", &inner))
        return err_usage(e, "%s: %s must be a text in quotes", path, key);
    if (cJSON_IsString(v) && !config_is_text(key) &&
        config_set(c, key, v->valuestring, &inner) == 0)
        return err_usage(e, "%s: %s is '%s' in quotes, but must be written without", path, key,
                         v->valuestring);
    if (config_set(c, key, value_text(v, text, sizeof(text)), &inner) < 0)
        return err_usage(e, "%s: %.400s", path, inner.text);
    return 0;
}

/* No key may be in an object twice. */
static int check_once(const char *path, const char *what, const cJSON *object, const cJSON *v,
                      struct err *e)
{
    if (cJSON_GetObjectItemCaseSensitive(object, v->string) == v)
        return 0;
    return err_usage(e, "%s: %s has the key '%.60s' twice", path, what, v->string);
}

/* Set all keys of an object, called what in the file; NULL is none. */
static int set_all(struct config *c, const char *path, const char *what, const cJSON *object,
                   struct err *e)
{
    const cJSON *v;
    if (object && !cJSON_IsObject(object))
        return err_usage(e, "%s: %s must be an object, {key: value}", path, what);
    cJSON_ArrayForEach(v, object)
    {
        if (set_one(c, path, v->string, v, e) < 0)
            return -1;
        if (check_once(path, what, object, v, e) < 0)
            return -1;
    }
    return 0;
}

int config_read(struct config *c, const char *path, struct err *e)
{
    cJSON *o = json_read(path, 1, e);
    int status = o ? set_all(c, path, "the file", o, e) : -1;
    cJSON_Delete(o);
    return status;
}

/* --- experiments ------------------------------------------------------------------------------ */

enum { MAX_CELL = 10000 }; /* a grid is a product: a short file must not fill the memory */

static const cJSON *tier_of(const struct experiment *x)
{
    return cJSON_GetObjectItem(cJSON_GetObjectItem(x->json, "tiers"), x->tier);
}

/* A part of the experiment: the tier's if it has its own, else the file's. */
static const cJSON *part(const struct experiment *x, const char *name)
{
    const cJSON *own = cJSON_GetObjectItem(tier_of(x), name);
    return own ? own : cJSON_GetObjectItem(x->json, name);
}

/* The value, called what in the file, must be an object with no other keys than the n known. */
static int check_keys(const char *path, const char *what, const cJSON *object,
                      const char *const *known, size_t n, struct err *e)
{
    const cJSON *v;
    char hint[96];
    if (!cJSON_IsObject(object))
        return err_usage(e, "%s: %s must be an object, {key: value}", path, what);
    cJSON_ArrayForEach(v, object)
    {
        size_t i = 0;
        while (i < n && strcmp(known[i], v->string) != 0)
            i++;
        if (i == n)
            return err_usage(e, "%s: unknown key '%.60s'%s in %s", path, v->string,
                             name_suggest(hint, sizeof(hint), v->string, known, n), what);
        if (check_once(path, what, object, v, e) < 0)
            return -1;
    }
    return 0;
}

static int check_tier(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const known[] = {"title", "base",   "axes",   "settings",
                                        "seeds", "metric", "claims", "tiers"};
    const cJSON *tiers = cJSON_GetObjectItem(x->json, "tiers"), *v;
    char names[256] = "", what[64];
    if (check_keys(path, "the file", x->json, known, LENGTH(known), e) < 0)
        return -1;
    if (!cJSON_IsObject(tiers))
        return err_usage(e, "%s: tiers must be an object, {name: {key: value}}", path);
    cJSON_ArrayForEach(v, tiers) snprintf(names + strlen(names), sizeof(names) - strlen(names),
                                          "%s%s", names[0] ? ", " : "", v->string);
    if (!tier_of(x))
        return err_usage(e, "%s has no tier '%.30s'; it has: %s", path, x->tier, names);
    snprintf(what, sizeof(what), "tier %s", x->tier);
    return check_keys(path, what, tier_of(x), known, LENGTH(known) - 1, e); /* no tiers in it */
}

/* Settings are a list of rows. */
static int check_settings(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const known[] = {"when", "set"};
    const cJSON *settings = part(x, "settings"), *v;
    int row = 0;
    if (settings && !cJSON_IsArray(settings))
        return err_usage(e, "%s: settings must be a list of rows, {\"when\": ..., \"set\": ...}",
                         path);
    cJSON_ArrayForEach(v, settings)
    {
        char what[64];
        snprintf(what, sizeof(what), "row %d of settings", ++row);
        if (check_keys(path, what, v, known, LENGTH(known), e) < 0)
            return -1;
        for (size_t i = 0; i < LENGTH(known); i++)
            if (!cJSON_IsObject(cJSON_GetObjectItem(v, known[i])))
                return err_usage(e, "%s: %s: %s must be an object, {key: value}", path, what,
                                 known[i]);
    }
    return 0;
}

/* Count the cells, which there must be, and not too many of. */
static int check_grid(struct experiment *x, const char *path, struct err *e)
{
    const cJSON *axes = part(x, "axes"), *seeds = part(x, "seeds"), *v;
    double n_cell = cJSON_GetArraySize(seeds);
    if (!cJSON_IsObject(axes) || cJSON_GetArraySize(axes) > AXIS_MAX || !cJSON_IsArray(seeds) ||
        n_cell < 1)
        return err_usage(e,
                         "%s: needs \"axes\" (an object of at most %d lists) and \"seeds\" "
                         "(a list of at least one)",
                         path, AXIS_MAX);
    cJSON_ArrayForEach(v, axes)
    {
        if (!cJSON_IsArray(v) || cJSON_GetArraySize(v) < 1)
            return err_usage(e, "%s: axis %s must be a list of at least one value", path,
                             v->string);
        if (check_once(path, "axes", axes, v, e) < 0)
            return -1;
        snprintf(x->axis[x->n_axis++], sizeof(x->axis[0]), "%s", v->string);
        n_cell *= cJSON_GetArraySize(v);
    }
    if (n_cell > MAX_CELL)
        return err_usage(e, "%s: axes and seeds make %.0f runs; at most %d can be", path, n_cell,
                         MAX_CELL);
    x->n_cell = (int)n_cell;
    return 0;
}

/* Whether a settings row applies: all it names has the cell's value. */
static int applies(const struct experiment *x, const struct cell *cell, const cJSON *when)
{
    const cJSON *v;
    char text[64];
    cJSON_ArrayForEach(v, when)
    {
        int same = 0;
        for (int a = 0; a < x->n_axis; a++)
            same |= !strcmp(x->axis[a], v->string) &&
                    !strcmp(cell->value[a], value_text(v, text, sizeof(text)));
        if (!same)
            return 0;
    }
    return 1;
}

/* The keys of a cell: those of base, then of the tier's base, of the axes, of rows that apply, and
 * the seed. */
static int set_cell(const struct experiment *x, struct cell *cell, int number, const char *path,
                    struct err *e)
{
    const cJSON *axes = part(x, "axes"), *seeds = part(x, "seeds"), *v;
    int n_seed = cJSON_GetArraySize(seeds), rest = number / n_seed, a = x->n_axis;
    config_default(&cell->c);
    if (set_all(&cell->c, path, "base", cJSON_GetObjectItem(x->json, "base"), e) < 0 ||
        set_all(&cell->c, path, "the tier's base", cJSON_GetObjectItem(tier_of(x), "base"), e) < 0)
        return -1;
    while (a-- > 0) { /* the last axis runs fastest, seeds faster still */
        const cJSON *axis = cJSON_GetArrayItem(axes, a);
        int n = cJSON_GetArraySize(axis);
        v = cJSON_GetArrayItem(axis, rest % n), rest /= n;
        value_text(v, cell->value[a], sizeof(cell->value[a]));
        if (set_one(&cell->c, path, axis->string, v, e) < 0)
            return -1;
    }
    cJSON_ArrayForEach(v, part(x, "settings"))
    {
        if (applies(x, cell, cJSON_GetObjectItem(v, "when")) &&
            set_all(&cell->c, path, "a row's set", cJSON_GetObjectItem(v, "set"), e) < 0)
            return -1;
    }
    return set_one(&cell->c, path, "seed", cJSON_GetArrayItem(seeds, number % n_seed), e);
}

static int make_cell(const struct experiment *x, struct cell *cell, int number, const char *path,
                     const struct setting *set, int n_set, struct err *e)
{
    char hash[HASH_TEXT];
    struct err inner = {.text = ""};
    if (set_cell(x, cell, number, path, e) < 0)
        return -1;
    for (int a = 0; a < x->n_axis; a++)
        snprintf(cell->name + strlen(cell->name), CELL_NAME - strlen(cell->name), "%s%s%s",
                 a ? "_" : "", config_is_text(x->axis[a]) ? "" : x->axis[a], cell->value[a]);
    for (char *p = cell->name; *p; p++) /* the path of a graph's file is no folder here */
        *p = *p == '/' ? '-' : *p;
    for (int i = 0; i < n_set; i++)
        if (config_set(&cell->c, set[i].key, set[i].value, e) < 0)
            return -1;
    if (config_check(&cell->c, &inner) < 0 || task_check(&cell->c, &inner) < 0 ||
        config_hash(&cell->c, hash, &inner) < 0)
        return (inner.usage ? err_usage : err_set)(e, "%s: cell %s: %.700s", path, cell->name,
                                                   inner.text);
    snprintf(cell->dir, sizeof(cell->dir), "%s-s%ld-%.8s", cell->name, cell->c.seed, hash);
    return 0;
}

int experiment_open(struct experiment *x, const char *name, const char *tier,
                    const struct setting *set, int n_set, struct err *e)
{
    char path[512];
    const char *slash = strrchr(name, '/'), *dot = strstr(name, ".json");
    memset(x, 0, sizeof(*x));
    snprintf(path, sizeof(path), dot ? "%.400s" : "experiments/%.400s.json", name);
    name = slash ? slash + 1 : name;
    snprintf(x->name, sizeof(x->name), "%.*s", (int)strcspn(name, "."), name);
    snprintf(x->tier, sizeof(x->tier), "%s", tier);
    if (!(x->json = json_read(path, 1, e)))
        return -1;
    int status =
        check_tier(x, path, e) || check_settings(x, path, e) || check_grid(x, path, e) ? -1 : 0;
    x->cell = xcalloc((size_t)x->n_cell, sizeof(*x->cell));
    for (int i = 0; i < x->n_cell && status == 0; i++)
        status = make_cell(x, &x->cell[i], i, path, set, n_set, e);
    if (status < 0)
        experiment_close(x);
    return status;
}

void experiment_close(struct experiment *x)
{
    cJSON_Delete(x->json);
    free(x->cell);
    memset(x, 0, sizeof(*x));
}

int experiment_write_index(const struct experiment *x, const char *dir, struct err *e)
{
    char path[1200];
    static const char *const copied[] = {"title", "metric", "claims"};
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "experiment", x->name);
    cJSON_AddStringToObject(o, "tier", x->tier);
    for (size_t i = 0; i < LENGTH(copied); i++)
        if (part(x, copied[i]))
            cJSON_AddItemToObject(o, copied[i], cJSON_Duplicate(part(x, copied[i]), 1));
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
    snprintf(path, sizeof(path), "%.1000s/%s.json", dir, x->tier);
    int status = file_replace(path, text, strlen(text), e);
    cJSON_free(text);
    cJSON_Delete(o);
    return status;
}
