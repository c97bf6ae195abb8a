#include "sweep/parts.h"
#include "core/registry.h"
#include "sweep/config_file.h"
#include "sweep/reported.h"
#include <stdio.h>
#include <string.h>

enum { MAX_POINT = 10000 }; /* a grid is a product, so a short file could fill the memory */
const char variant[] = "variant";

const cJSON *parts_tier(const struct experiment *x)
{
    return cJSON_GetObjectItem(cJSON_GetObjectItem(x->json, "tiers"), x->tier);
}

const cJSON *parts_get(const struct experiment *x, const char *name)
{
    const cJSON *own = cJSON_GetObjectItem(parts_tier(x), name);
    return cJSON_IsNull(own) ? NULL : own ? own : cJSON_GetObjectItem(x->json, name);
}

const char *parts_place(const struct experiment *x, const char *name, char place[PLACE])
{
    if (cJSON_HasObjectItem(parts_tier(x), name))
        snprintf(place, PLACE, "tiers.%s.%s", x->tier, name);
    else
        snprintf(place, PLACE, "%s", name);
    return place;
}

int parts_check_keys(const char *path, const char *place, const cJSON *object,
                     const char *const *known, size_t n, struct err *e)
{
    const cJSON *v;
    char hint[96];
    if (!cJSON_IsObject(object))
        return err_usage(e, "%s: %s must be an object, {key: value}", path, place);
    cJSON_ArrayForEach (v, object) {
        size_t i = 0;
        while (i < n && strcmp(known[i], v->string) != 0)
            i++;
        if (i == n)
            return err_usage(e, "%s: unknown key '%.60s'%s in %s", path, v->string,
                             name_suggest(hint, sizeof(hint), v->string, known, n),
                             *place ? place : "the file");
    }
    return 0;
}

/* Whether a tier of this name would have the index of another one's tuning. */
static int is_of_tuning(const char *tier)
{
    static const char end[] = "-tune";
    size_t n = strlen(tier);
    return n >= strlen(end) && !strcmp(tier + n - strlen(end), end);
}

static int check_tier(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const parts[] = {"base",  "axes", "settings",   "skip",
                                        "seeds", "tune", "rates_file", "tiers"};
    const char *known[LENGTH(parts) + N_REPORTED];
    const cJSON *tiers = cJSON_GetObjectItem(x->json, "tiers"), *v;
    char names[256] = "", place[PLACE];
    memcpy(known, reported_key, sizeof(reported_key));
    memcpy(known + N_REPORTED, parts, sizeof(parts)); /* "tiers" is last: tiers lack it */
    if (cJSON_HasObjectItem(x->json, "dataset"))
        return err_usage(e, "%s: is the configuration of one run; gossipbench run %s makes it",
                         path, path);
    if (parts_check_keys(path, "", x->json, known, LENGTH(known), e) < 0)
        return -1;
    if (!cJSON_IsObject(tiers))
        return err_usage(e, "%s: tiers must be an object, {name: {key: value}}", path);
    cJSON_ArrayForEach (v, tiers)
        if (strlen(names) + strlen(v->string) + 3 < sizeof(names))
            snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s",
                     names[0] ? ", " : "", v->string);
    cJSON_ArrayForEach (v, tiers)
        if (!experiment_is_name(v->string) || is_of_tuning(v->string))
            return err_usage(e,
                             "%s: '%.60s' cannot be a tier's name, which consists of letters, "
                             "digits, - and _ and does not end in -tune",
                             path, v->string);
    if (!parts_tier(x))
        return err_usage(e, "%s has no tier '%.30s'; it has: %s", path, x->tier, names);
    snprintf(place, PLACE, "tiers.%s", x->tier);
    return parts_check_keys(path, place, parts_tier(x), known, LENGTH(known) - 1, e);
}

/* Whether the text is the value, or one of the list. */
static int has_value(const cJSON *list, const char *text)
{
    char other[VALUE_TEXT];
    const cJSON *v;
    cJSON_ArrayForEach (v, list)
        if (!strcmp(json_text(v, other), text))
            return 1;
    return 0;
}

/* Whether the file or a tier has the axis and, unless value is NULL, this value on it. */
static int is_of_axis(const struct experiment *x, const char *axis, const char *value)
{
    const cJSON *holder = x->json, *tier = cJSON_GetObjectItem(x->json, "tiers");
    for (tier = tier ? tier->child : NULL; holder; tier = tier ? tier->next : NULL) {
        const cJSON *list = cJSON_GetObjectItem(cJSON_GetObjectItem(holder, "axes"), axis);
        if (list && (!value || has_value(list, value)))
            return 1;
        holder = tier;
    }
    return 0;
}

/* Check that an object {axis: value or list} at a place names axes and values that some tier has,
 * so that a misspelt one, which would never apply, is noticed. */
static int check_when(const struct experiment *x, const char *path, const char *place,
                      const cJSON *when, struct err *e)
{
    const cJSON *v;
    char text[VALUE_TEXT];
    if (when && !cJSON_IsObject(when))
        return err_usage(e, "%s: %s must be an object, {axis: value}", path, place);
    cJSON_ArrayForEach (v, when) {
        if (!is_of_axis(x, v->string, NULL))
            return err_usage(e, "%s: %s: '%.60s' is not an axis", path, place, v->string);
        if (cJSON_IsArray(v) && !v->child)
            return err_usage(e, "%s: %s.%s is an empty list, which matches nothing", path, place,
                             v->string);
        const cJSON *one = cJSON_IsArray(v) ? v->child : v;
        for (; one; one = cJSON_IsArray(v) ? one->next : NULL)
            if (!is_of_axis(x, v->string, json_text(one, text)))
                return err_usage(e, "%s: %s.%s: the axis has no value '%.60s'", path, place,
                                 v->string, text);
    }
    return 0;
}

/* Check a list of rows at a place: objects with only the n known keys, of which the first is an
 * object {axis: value}. */
static int check_rows(const struct experiment *x, const char *path, const char *place,
                      const cJSON *list, const char *const *known, size_t n, struct err *e)
{
    const cJSON *v;
    char at[PLACE + 32];
    int row = 0;
    if (list && !cJSON_IsArray(list))
        return err_usage(e, "%s: %s must be a list of rows, {key: value}", path, place);
    cJSON_ArrayForEach (v, list) {
        snprintf(at, sizeof(at), "%s[%d]", place, row++);
        if (n && parts_check_keys(path, at, v, known, n, e) < 0)
            return -1;
        const cJSON *when = n ? cJSON_GetObjectItem(v, known[0]) : v;
        snprintf(at + strlen(at), sizeof(at) - strlen(at), "%s%s", n ? "." : "", n ? known[0] : "");
        if (check_when(x, path, at, when, e) < 0)
            return -1;
    }
    return 0;
}

/* Check that a list at a place is not empty and has no value twice. */
static int check_list(const char *path, const char *place, const cJSON *list, struct err *e)
{
    const cJSON *v;
    char text[VALUE_TEXT];
    if (!cJSON_IsArray(list) || !list->child)
        return err_usage(e, "%s: %s must be a list of at least one value", path, place);
    for (v = list->child; v; v = v->next) {
        if (strlen(json_text(v, text)) >= AXIS_VALUE)
            return err_usage(e, "%s: %s has a value that is longer than %d characters", path, place,
                             AXIS_VALUE - 1);
        for (const cJSON *w = list->child; w != v; w = w->next)
            if (cJSON_Compare(v, w, 1))
                return err_usage(e, "%s: %s has the value %s twice", path, place, text);
    }
    return 0;
}

/* Check that the seed is not set at a place, as it comes from "seeds". */
static int check_seedless(const char *path, const char *place, const cJSON *set, struct err *e)
{
    return cJSON_HasObjectItem(set, "seed")
               ? err_usage(e, "%s: %s has seed, but the runs take theirs from \"seeds\"", path,
                           place)
               : 0;
}

/* Check that the keys set at a place are not the seed, nor axes, whose values would then be wrong
 * labels. */
static int check_set(const char *path, const char *place, const cJSON *set, const cJSON *axes,
                     struct err *e)
{
    const cJSON *axis;
    cJSON_ArrayForEach (axis, axes)
        if (cJSON_HasObjectItem(set, axis->string))
            return err_usage(e, "%s: %s has %s, which is an axis", path, place, axis->string);
    return check_seedless(path, place, set, e);
}

/* Check the form of "tune", whose seeds must not be those of the results. */
static int check_tune(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const known[] = {"seeds", "holdout", "set", "grid"}, *const rates[] = {
                                                                                "when", "lr"};
    const cJSON *tune = parts_get(x, "tune"), *seeds = cJSON_GetObjectItem(tune, "seeds"), *v;
    char place[PLACE], at[PLACE + 8], text[VALUE_TEXT];
    if (!tune)
        return 0;
    parts_place(x, "tune", place);
    snprintf(at, sizeof(at), "%s.seeds", place);
    if (parts_check_keys(path, place, tune, known, LENGTH(known), e) < 0 ||
        check_list(path, at, seeds, e) < 0)
        return -1;
    cJSON_ArrayForEach (v, parts_get(x, "seeds"))
        if (has_value(seeds, json_text(v, text)))
            return err_usage(
                e, "%s: %s has %s, a seed of the results; rates are chosen with other seeds", path,
                at, text);
    snprintf(at, sizeof(at), "%s.set", place);
    if (check_set(path, at, cJSON_GetObjectItem(tune, "set"), parts_get(x, "axes"), e) < 0)
        return -1;
    snprintf(at, sizeof(at), "%s.grid", place);
    return check_rows(x, path, at, cJSON_GetObjectItem(tune, "grid"), rates, LENGTH(rates), e);
}

/* Check what sets keys: the bases, and the rows of "settings". */
static int check_sets(const struct experiment *x, const char *path, struct err *e)
{
    const cJSON *row;
    char place[PLACE], at[PLACE + 32];
    int i = 0;
    snprintf(at, sizeof(at), "tiers.%s.base", x->tier);
    if (check_seedless(path, "base", cJSON_GetObjectItem(x->json, "base"), e) < 0 ||
        check_seedless(path, at, cJSON_GetObjectItem(parts_tier(x), "base"), e) < 0)
        return -1;
    parts_place(x, "settings", place);
    cJSON_ArrayForEach (row, parts_get(x, "settings")) {
        snprintf(at, sizeof(at), "%s[%d].set", place, i++);
        if (check_set(path, at, cJSON_GetObjectItem(row, "set"), parts_get(x, "axes"), e) < 0)
            return -1;
    }
    return 0;
}

/* Check the file of learning rates, and the factors by which rows of "settings" multiply them. */
static int check_rates(const struct experiment *x, const char *path, struct err *e)
{
    const cJSON *file = parts_get(x, "rates_file"), *row;
    char place[PLACE];
    if (file && (!cJSON_IsString(file) || !*file->valuestring))
        return err_usage(e, "%s: %s must be the path of a file, in quotes", path,
                         parts_place(x, "rates_file", place));
    cJSON_ArrayForEach (row, parts_get(x, "settings")) {
        const cJSON *times = cJSON_GetObjectItem(row, "lr_times");
        if (times && (!file || !(cJSON_GetNumberValue(times) > 0)))
            return err_usage(e,
                             "%s: lr_times in %s must be a number above 0, and \"rates_file\" must "
                             "name the file with the rates that it multiplies",
                             path, parts_place(x, "settings", place));
    }
    return 0;
}

static int check_settings(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const known[] = {"when", "set", "lr_times"};
    char place[PLACE];
    if (check_rates(x, path, e) < 0 ||
        check_rows(x, path, parts_place(x, "skip", place), parts_get(x, "skip"), NULL, 0, e) < 0 ||
        check_rows(x, path, parts_place(x, "settings", place), parts_get(x, "settings"), known,
                   LENGTH(known), e) < 0 ||
        check_sets(x, path, e) < 0)
        return -1;
    return check_tune(x, path, e);
}

/* Whether a table, a folder's name and a line of a list can show the value. */
static int is_shown(const cJSON *value)
{
    char text[VALUE_TEXT];
    const char *c = json_text(value, text);
    while ((unsigned char)*c >= ' ' && *c != 0x7f)
        c++;
    return *text && !*c;
}

/* Check that there are axes and seeds, and not too many points. */
static int check_grid(const struct experiment *x, const char *path, struct err *e)
{
    const cJSON *axes = parts_get(x, "axes"), *seeds = parts_get(x, "seeds"), *v;
    int most = AXIS_MAX - x->tune;
    char place[PLACE], at[PLACE + 48];
    if (!cJSON_IsObject(axes) || cJSON_GetArraySize(axes) > most)
        return err_usage(e, "%s: needs \"axes\", an object of at most %d lists", path, most);
    if (check_list(path, parts_place(x, "seeds", place), seeds, e) < 0)
        return -1;
    double n_cell = cJSON_GetArraySize(seeds);
    parts_place(x, "axes", place);
    if (check_seedless(path, place, axes, e) < 0)
        return -1;
    cJSON_ArrayForEach (v, axes) {
        snprintf(at, sizeof(at), "%s.%.40s", place, v->string);
        if (check_list(path, at, v, e) < 0)
            return -1;
        for (const cJSON *value = v->child; value; value = value->next)
            if (!is_shown(value))
                return err_usage(e, "%s: %s has a value that is empty or has a control character",
                                 path, at);
        n_cell *= cJSON_GetArraySize(v);
    }
    return n_cell <= MAX_POINT
               ? 0
               : err_usage(e, "%s: the grid has %.0f runs, but at most %d are allowed", path,
                           n_cell, MAX_POINT);
}

int parts_check(const struct experiment *x, const char *path, struct err *e)
{
    if (check_tier(x, path, e) < 0 || check_grid(x, path, e) < 0 || check_settings(x, path, e) < 0)
        return -1;
    if (x->tune && !cJSON_IsObject(parts_get(x, "tune")))
        return err_usage(e, "%s: has no \"tune\", so there are no rates to try", path);
    return 0;
}
