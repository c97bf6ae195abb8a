#include "train/experiment.h"
#include "core/file.h"
#include <cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_LIMIT = 1 << 24 };

/* A file as JSON; a syntax error is named by its line. */
static cJSON *json_read(const char *path, struct err *e)
{
    const char *end = NULL;
    size_t n;
    char *text = file_read(path, JSON_LIMIT, &n, e);
    if (!text)
        return NULL;
    cJSON *o = cJSON_ParseWithOpts(text, &end, 1);
    if (!o) {
        int line = 1;
        for (const char *p = text; end && p < end; p++)
            line += *p == '\n';
        err_usage(e, "%s:%d: is not valid JSON near '%.20s'", path, line, end ? end : "");
        for (char *p = e->text; *p; p++)
            *p = *p == '\n' ? ' ' : *p;
    } else if (!cJSON_IsObject(o)) {
        err_usage(e, "%s: must hold a JSON object", path);
        cJSON_Delete(o), o = NULL;
    }
    free(text);
    return o;
}

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

static int set_all(struct config *c, const char *path, const cJSON *object, struct err *e)
{
    const cJSON *v;
    cJSON_ArrayForEach(v, object) if (set_one(c, path, v->string, v, e) < 0) return -1;
    return 0;
}

int config_read(struct config *c, const char *path, struct err *e)
{
    cJSON *o = json_read(path, e);
    int status = o ? set_all(c, path, o, e) : -1;
    cJSON_Delete(o);
    return status;
}

/* --- experiments ------------------------------------------------------------------------------ */

/* A part of the experiment: the tier's if it has its own, else the file's. */
static const cJSON *part(const struct experiment *x, const char *name)
{
    const cJSON *tier = cJSON_GetObjectItem(cJSON_GetObjectItem(x->json, "tiers"), x->tier);
    const cJSON *own = cJSON_GetObjectItem(tier, name);
    return own ? own : cJSON_GetObjectItem(x->json, name);
}

static int check_parts(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const known[] = {"title", "base",  "axes",   "settings",
                                        "seeds", "tiers", "metric", "claims"};
    const cJSON *tiers = cJSON_GetObjectItem(x->json, "tiers"), *v;
    char names[256] = "", hint[96];
    cJSON_ArrayForEach(v, (const cJSON *)x->json)
    {
        size_t i = 0;
        while (i < LENGTH(known) && strcmp(known[i], v->string) != 0)
            i++;
        if (i == LENGTH(known))
            return err_usage(e, "%s: unknown key '%.60s'%s", path, v->string,
                             name_suggest(hint, sizeof(hint), v->string, known, LENGTH(known)));
    }
    cJSON_ArrayForEach(v, tiers) snprintf(names + strlen(names), sizeof(names) - strlen(names),
                                          "%s%s", names[0] ? ", " : "", v->string);
    if (!cJSON_GetObjectItem(tiers, x->tier))
        return err_usage(e, "%s has no tier '%.30s'; it has: %s", path, x->tier, names);
    const cJSON *axes = part(x, "axes"), *seeds = part(x, "seeds");
    if (!cJSON_IsObject(axes) || cJSON_GetArraySize(axes) > AXIS_MAX || !cJSON_IsArray(seeds) ||
        cJSON_GetArraySize(seeds) < 1)
        return err_usage(e,
                         "%s: needs \"axes\" (an object of at most %d lists) and \"seeds\" "
                         "(a list of at least one)",
                         path, AXIS_MAX);
    cJSON_ArrayForEach(
        v, axes) if (!cJSON_IsArray(v) ||
                     cJSON_GetArraySize(v) <
                         1) return err_usage(e, "%s: axis %s must be a list of at least one value",
                                             path, v->string);
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

static int make_cell(struct experiment *x, struct cell *cell, int number, const char *path,
                     const struct setting *set, int n_set, struct err *e)
{
    const cJSON *axes = part(x, "axes"), *seeds = part(x, "seeds"), *v;
    const cJSON *tier = cJSON_GetObjectItem(cJSON_GetObjectItem(x->json, "tiers"), x->tier);
    int n_seed = cJSON_GetArraySize(seeds), rest = number / n_seed, a = cJSON_GetArraySize(axes);
    char hash[HASH_TEXT];
    config_default(&cell->c);
    if (set_all(&cell->c, path, cJSON_GetObjectItem(x->json, "base"), e) < 0 ||
        set_all(&cell->c, path, cJSON_GetObjectItem(tier, "base"), e) < 0)
        return -1;
    while (a-- > 0) { /* the last axis runs fastest, seeds faster still */
        const cJSON *axis = cJSON_GetArrayItem(axes, a);
        int n = cJSON_GetArraySize(axis);
        v = cJSON_GetArrayItem(axis, rest % n), rest /= n;
        value_text(v, cell->value[a], sizeof(cell->value[a]));
        if (set_one(&cell->c, path, axis->string, v, e) < 0)
            return -1;
    }
    for (a = 0; a < x->n_axis; a++)
        snprintf(cell->name + strlen(cell->name), CELL_NAME - strlen(cell->name), "%s%s%s",
                 a ? "_" : "", config_is_text(x->axis[a]) ? "" : x->axis[a], cell->value[a]);
    for (char *p = cell->name; *p; p++) /* the path of a graph's file is no folder here */
        *p = *p == '/' ? '-' : *p;
    cJSON_ArrayForEach(
        v, part(x, "settings")) if (applies(x, cell, cJSON_GetObjectItem(v, "when")) &&
                                    set_all(&cell->c, path, cJSON_GetObjectItem(v, "set"), e) <
                                        0) return -1;
    if (set_one(&cell->c, path, "seed", cJSON_GetArrayItem(seeds, number % n_seed), e) < 0)
        return -1;
    for (int i = 0; i < n_set; i++)
        if (config_set(&cell->c, set[i].key, set[i].value, e) < 0)
            return -1;
    if (config_check(&cell->c, e) < 0 || config_hash(&cell->c, hash, e) < 0)
        return -1;
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
    if (!(x->json = json_read(path, e)))
        return -1;
    int status = check_parts(x, path, e);
    if (status == 0) {
        const cJSON *axes = part(x, "axes"), *v;
        x->n_cell = cJSON_GetArraySize(part(x, "seeds"));
        cJSON_ArrayForEach(v, axes)
        {
            snprintf(x->axis[x->n_axis++], sizeof(x->axis[0]), "%s", v->string);
            x->n_cell *= cJSON_GetArraySize(v);
        }
        x->cell = xcalloc((size_t)x->n_cell, sizeof(*x->cell));
        for (int i = 0; i < x->n_cell && status == 0; i++)
            status = make_cell(x, &x->cell[i], i, path, set, n_set, e);
    }
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
