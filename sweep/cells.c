#include "sweep/cells.h"
#include "sweep/config_file.h"
#include "sweep/parts.h"
#include "sweep/rates.h"
#include "train/keys.h"
#include "train/task.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CELL = 10000 };

/* What the cells are made from, while the file is read. */
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

/* Set the keys of the file's base, and those of the tier's. */
static int set_base(const struct reading *r, struct cell *cell, struct err *e)
{
    char place[PLACE];
    snprintf(place, PLACE, "tiers.%s.base", r->x->tier);
    config_default(&cell->c);
    return config_set_object(&cell->c, r->path, "base", cJSON_GetObjectItem(r->x->json, "base"),
                             e) < 0
               ? -1
               : config_set_object(&cell->c, r->path, place,
                                   cJSON_GetObjectItem(parts_tier(r->x), "base"), e);
}

/* Set the keys of all rows of "settings" that apply to the cell. */
static int set_settings(const struct reading *r, struct cell *cell, struct err *e)
{
    const cJSON *row, *times;
    char place[PLACE], at[PLACE + 32];
    int i = 0;
    parts_place(r->x, "settings", place);
    cJSON_ArrayForEach (row, parts_get(r->x, "settings")) {
        snprintf(at, sizeof(at), "%s[%d].set", place, i++);
        if (!applies(r->x, cell, cJSON_GetObjectItem(row, "when")))
            continue;
        if (config_set_object(&cell->c, r->path, at, cJSON_GetObjectItem(row, "set"), e) < 0)
            return -1;
        if ((times = cJSON_GetObjectItem(row, "lr_times")))
            cell->lr_times = cJSON_GetNumberValue(times);
    }
    return 0;
}

/* Set base, axis values and settings of point k of the grid; the last axis varies fastest. */
static int make_point(const struct reading *r, struct cell *cell, int k, struct err *e)
{
    const cJSON *axes = parts_get(r->x, "axes"), *v;
    char text[VALUE_TEXT], place[PLACE];
    parts_place(r->x, "axes", place);
    cell->lr_times = 0;
    if (set_base(r, cell, e) < 0)
        return -1;
    for (int a = cJSON_GetArraySize(axes) - 1; a >= 0; a--) {
        const cJSON *axis = cJSON_GetArrayItem(axes, a);
        int n = cJSON_GetArraySize(axis);
        v = cJSON_GetArrayItem(axis, k % n), k /= n;
        snprintf(cell->value[a], AXIS_VALUE, "%.*s", AXIS_VALUE - 1, json_text(v, text));
        if (strcmp(axis->string, variant) != 0 &&
            config_set_json(&cell->c, r->path, place, axis->string, v, e) < 0)
            return -1;
    }
    return set_settings(r, cell, e);
}

/* Name the cell and its folder, and check it, which completes it. */
static int finish_cell(const struct experiment *x, const char *path, struct cell *cell,
                       struct err *e)
{
    char hash[HASH_TEXT];
    struct err inner = {.text = ""};
    cell->name[0] = '\0';
    for (int a = 0; a < x->n_axis; a++) {
        int named = config_is_text(x->axis[a]) || !strcmp(x->axis[a], variant);
        size_t at = strlen(cell->name), room = CELL_NAME - at;
        if ((size_t)snprintf(cell->name + at, room, "%s%s%s", a ? "_" : "", named ? "" : x->axis[a],
                             cell->value[a]) >= room)
            return err_usage(e, "%s: the name of cell %.60s... is longer than %d characters", path,
                             cell->name, CELL_NAME - 1);
    }
    for (char *p = cell->name; *p; p++) /* a path in a graph's name must not create folders */
        *p = *p == '/' || *p == ' ' ? '-' : *p;
    if (config_check(&cell->c, &inner) < 0 || task_check(&cell->c, &inner) < 0 ||
        config_hash(&cell->c, hash, &inner) < 0)
        return (inner.usage ? err_usage : err_set)(e, "%s: cell %s: %.700s", path, cell->name,
                                                   inner.text);
    snprintf(cell->dir, sizeof(cell->dir), "%s-s%ld-%.8s", cell->name, cell->c.seed, hash);
    return 0;
}

/* Make room for one more cell, a copy of this one; NULL with a sentence if there are too many. */
static struct cell *add_copy(struct experiment *x, const char *path, const struct cell *cell,
                             struct err *e)
{
    if (x->n_cell == MAX_CELL) {
        err_usage(e, "%s: the grid has more than %d runs", path, MAX_CELL);
        return NULL;
    }
    x->cell = xgrow(x->cell, x->n_cell, sizeof(*x->cell));
    x->cell[x->n_cell] = *cell;
    return &x->cell[x->n_cell++];
}

/* Set the keys of the command line. */
static int set_given(const struct reading *r, struct cell *cell, struct err *e)
{
    for (int i = 0; i < r->q->n_set; i++) {
        if (config_set(&cell->c, r->q->set[i].key, r->q->set[i].value, e) < 0)
            return -1;
        const struct key *k = keys_find(r->q->set[i].key);
        r->x->is_changed |= !k->counts || k->counts(&cell->c);
    }
    return 0;
}

/* Add a cell to the experiment: the point with a seed, which comes from a part of the file. */
static int add_cell(const struct reading *r, const struct cell *point, const char *part,
                    const cJSON *seed, struct err *e)
{
    char place[PLACE];
    struct cell *cell = add_copy(r->x, r->path, point, e);
    if (!cell ||
        config_set_json(&cell->c, r->path, parts_place(r->x, part, place), "seed", seed, e) < 0)
        return -1;
    return finish_cell(r->x, r->path, cell, e);
}

static int add_seeds(const struct reading *r, const struct cell *point, const char *part,
                     const cJSON *seeds, struct err *e)
{
    const cJSON *seed;
    cJSON_ArrayForEach (seed, seeds)
        if (add_cell(r, point, part, seed, e) < 0)
            return -1;
    return 0;
}

/* Add a cell for each rate of the first row of the grid that applies to the point.  A row with an
 * empty list of rates intentionally leaves the point out. */
static int add_rates(const struct reading *r, struct cell *point, struct err *e)
{
    const cJSON *tune = parts_get(r->x, "tune"), *row, *rates = NULL, *lr;
    char place[PLACE], set[PLACE + 8];
    cJSON_ArrayForEach (row, cJSON_GetObjectItem(tune, "grid")) {
        if (!rates && applies(r->x, point, cJSON_GetObjectItem(row, "when")))
            rates = cJSON_GetObjectItem(row, "lr");
    }
    if (!cJSON_IsArray(rates))
        return err_usage(e, "%s: \"tune\" has no rates for %.60s %.60s", r->path, point->value[0],
                         point->value[1]);
    parts_place(r->x, "tune", place);
    snprintf(set, sizeof(set), "%s.set", place);
    if (config_set_json(&point->c, r->path, place, "holdout", cJSON_GetObjectItem(tune, "holdout"),
                        e) < 0 ||
        config_set_object(&point->c, r->path, set, cJSON_GetObjectItem(tune, "set"), e) < 0 ||
        set_given(r, point, e) < 0)
        return -1;
    cJSON_ArrayForEach (lr, rates) {
        char text[VALUE_TEXT];
        snprintf(point->value[r->x->n_axis - 1], AXIS_VALUE, "%.*s", AXIS_VALUE - 1,
                 json_text(lr, text));
        if (config_set_json(&point->c, r->path, place, "lr", lr, e) < 0 ||
            add_seeds(r, point, "tune", cJSON_GetObjectItem(tune, "seeds"), e) < 0)
            return -1;
    }
    return 0;
}

int cells_add_rate(struct experiment *x, const struct cell *like, const char *lr, struct err *e)
{
    struct cell with = *like; /* a copy, since `like` is in the list that grows */
    with.is_added = 1;
    snprintf(with.value[x->n_axis - 1], AXIS_VALUE, "%s", lr);
    if (config_set(&with.c, "lr", lr, e) < 0 || finish_cell(x, x->name, &with, e) < 0)
        return -1;
    return add_copy(x, x->name, &with, e) ? 0 : -1;
}

/* Whether an axis or a row of "settings" gives the cell its learning rate. */
static int is_given_rate(const struct reading *r, const struct cell *cell)
{
    const cJSON *row;
    cJSON_ArrayForEach (row, parts_get(r->x, "settings"))
        if (cJSON_HasObjectItem(cJSON_GetObjectItem(row, "set"), "lr") &&
            applies(r->x, cell, cJSON_GetObjectItem(row, "when")))
            return 1;
    return cJSON_HasObjectItem(parts_get(r->x, "axes"), "lr");
}

/* Add the runs of a point. */
static int add_point(const struct reading *r, struct cell *point, struct err *e)
{
    if (r->x->tune)
        return add_rates(r, point, e);
    if (set_given(r, point, e) < 0)
        return -1;
    if (parts_get(r->x, "rates_file") && !is_given_rate(r, point) &&
        rates_apply(r->x, point, e) < 0)
        return -1;
    return add_seeds(r, point, "seeds", parts_get(r->x, "seeds"), e);
}

/* Whether the runs differ in the key, because it is an axis, the seed, or set by a variant.  One
 * value for all runs would then make the names of rows wrong. */
static int varies(const struct reading *r, const char *key)
{
    const cJSON *row;
    if (cJSON_HasObjectItem(parts_get(r->x, "axes"), key) || !strcmp(key, "seed") ||
        ((r->x->tune || parts_get(r->x, "rates_file")) && !strcmp(key, "lr")))
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
            return err_usage(e,
                             "%s varies %s, so %s cannot be set for all its runs; --filter "
                             "%s=%.60s makes only the runs that have this value",
                             r->path, s->key, s->key, s->key, s->value);
    }
    return 0;
}

int cells_make(struct experiment *x, const char *path, const struct experiment_request *q,
               struct err *e)
{
    const struct reading of_file = {x, path, q}, *r = &of_file;
    const cJSON *v;
    int n_point = 1;
    if (check_overrides(r, e) < 0)
        return -1;
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
        if (!skipped(r, &point) && add_point(r, &point, e) < 0)
            return -1;
    }
    return r->x->n_cell ? 0 : err_usage(e, "%s: \"skip\" leaves no cell", r->path);
}
