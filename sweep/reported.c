#include "sweep/reported.h"
#include "core/column.h"
#include "core/registry.h"
#include "sweep/config_file.h"
#include "sweep/parts.h"
#include <stdio.h>
#include <string.h>

const char *const reported_key[N_REPORTED] = {"title",     "metric",   "scope", "claims",
                                              "published", "protocol", "rates", "note"};

/* The column that a value at a place names; -1 with a sentence if there is no such column or it
 * cannot be compared. */
static int read_metric(const char *path, const char *place, const cJSON *v, struct err *e)
{
    const char *key = cJSON_GetStringValue(v), *known[N_COLUMN];
    char hint[96];
    size_t n = 0;
    for (int c = 0; c < N_COLUMN; c++)
        if (column_is_compared(c))
            known[n++] = columns[c].key;
    int c = column_find(key);
    if (c >= 0 && column_is_compared(c))
        return c;
    if (!v)
        return err_usage(e, "%s: %s is missing; it names a result, as \"acc_mean_pct\"", path,
                         place);
    return err_usage(e, "%s: %s is '%.60s'%s, which is not a result to compare", path, place,
                     key ? key : "", name_suggest(hint, sizeof(hint), key ? key : "", known, n));
}

/* Why runs of this configuration do not have this result; NULL if they have it. */
static const char *why_not(const struct config *c, int column)
{
    unsigned each = SCOPE_MEAN | SCOPE_WORST;
    unsigned scope = column == COLUMN_acc_average  ? SCOPE_AVERAGE
                     : columns[column].is_optional ? SCOPE_OWN
                                                   : each;
    int is_split = columns[column].kind == SPLIT, is_accuracy = columns[column].kind == ACCURACY;
    if (config_problem(c))
        return is_accuracy ? "a toy problem has no accuracy, but a test_loss_mean"
               : is_split  ? "a toy problem divides no data"
                           : NULL;
    return (is_accuracy || column == COLUMN_test_loss) && !(c->eval_scopes & scope)
               ? "eval_scopes leaves it out"
               : NULL;
}

/* Check that the cell's runs have the result that a place names. */
static int check_has(const struct cell *cell, const char *path, const char *place, int column,
                     struct err *e)
{
    const char *why = why_not(&cell->c, column);
    return why ? err_usage(e, "%s: %s: the runs of cell %.100s have no %s: %s", path, place,
                           cell->name, columns[column].key, why)
               : 0;
}

/* Check that all runs have the result, or, if `some` is set, one of them. */
static int check_runs(const struct experiment *x, const char *path, const char *place, int column,
                      int some, struct err *e)
{
    for (int i = 0; i < x->n_cell; i++) {
        if (some && !why_not(&x->cell[i].c, column))
            return 0;
        if (!some && check_has(&x->cell[i], path, place, column, e) < 0)
            return -1;
    }
    return some ? check_has(&x->cell[0], path, place, column, e) : 0;
}

/* Read what the tables show, a result or a list of them, into shown; returns how many. */
static int read_metrics(const struct experiment *x, const char *path, int shown[N_COLUMN],
                        struct err *e)
{
    const cJSON *metric = parts_get(x, "metric");
    char place[PLACE], at[PLACE + 16];
    int n = cJSON_IsArray(metric) ? cJSON_GetArraySize(metric) : 1;
    parts_place(x, "metric", place);
    if (n == 0 || n > N_COLUMN)
        return err_usage(e, "%s: %s must name from 1 to %d results", path, place, N_COLUMN);
    for (int i = 0; i < n; i++) {
        int one = !cJSON_IsArray(metric);
        snprintf(at, sizeof(at), one ? "%s" : "%s[%d]", place, i);
        shown[i] = read_metric(path, at, one ? metric : cJSON_GetArrayItem(metric, i), e);
        if (shown[i] < 0 || check_runs(x, path, at, shown[i], 1, e) < 0)
            return -1;
        for (int k = 0; k < i; k++)
            if (shown[k] == shown[i])
                return err_usage(e, "%s: %s is %s again", path, at, columns[shown[i]].key);
    }
    return n;
}

/* Check what the tables show: "metric", or without it the accuracies.  All runs must have the
 * result that the table is about, its scope; otherwise a row would be empty. */
static int check_metrics(const struct experiment *x, const char *path, struct err *e)
{
    const cJSON *scope = parts_get(x, "scope");
    int shown[N_COLUMN] = {COLUMN_acc_mean, COLUMN_acc_worst, COLUMN_acc_average}, n = 3, k = 0;
    char place[PLACE];
    if (parts_get(x, "metric") && (n = read_metrics(x, path, shown, e)) < 0)
        return -1;
    if (!scope)
        return check_runs(
            x, path, parts_get(x, "metric") ? parts_place(x, "metric", place) : "metric is missing",
            shown[0], 0, e);
    parts_place(x, "scope", place);
    int column = read_metric(path, place, scope, e);
    if (column < 0 || check_runs(x, path, place, column, 0, e) < 0)
        return -1;
    while (k < n && shown[k] != column)
        k++;
    return k < n ? 0
                 : err_usage(e, "%s: %s is '%s', which metric does not show", path, place,
                             columns[column].key);
}

int reported_has(const struct experiment *x, const struct cell *cell, const cJSON *object)
{
    const cJSON *v;
    char text[VALUE_TEXT];
    cJSON_ArrayForEach (v, object) {
        int same = 0;
        for (int a = 0; a < x->n_axis; a++)
            same |= !strcmp(x->axis[a], v->string) && !strcmp(cell->value[a], json_text(v, text));
        if (!same)
            return 0;
    }
    return 1;
}

/* Check that a part of a claim at a place is an object {axis: value}. */
static int check_axes(const struct experiment *x, const char *path, const char *place,
                      const cJSON *object, struct err *e)
{
    const cJSON *v;
    if (!cJSON_IsObject(object))
        return err_usage(e, "%s: %s %s an object, {axis: value}", path, place,
                         object ? "must be" : "is missing; it must be");
    cJSON_ArrayForEach (v, object) {
        int axis = 0;
        while (axis < x->n_axis && strcmp(x->axis[axis], v->string) != 0)
            axis++;
        if (axis == x->n_axis)
            return err_usage(e, "%s: %s: '%.60s' is not an axis", path, place, v->string);
    }
    return 0;
}

/* The row of the table that a side of a claim names together with a place ("at" or another key of
 * the claim); NULL with a sentence if there is not exactly one. */
static const struct cell *find_row(const struct experiment *x, const char *path, const char *place,
                                   const cJSON *side, const cJSON *at, const char *key,
                                   struct err *e)
{
    const struct cell *found = NULL;
    for (int i = 0; i < x->n_cell; i++) {
        const struct cell *cell = &x->cell[i];
        if (!reported_has(x, cell, side) || !reported_has(x, cell, at))
            continue;
        if (found && strcmp(found->name, cell->name) != 0) {
            err_usage(e, "%s: %s names several rows, such as %.100s and %.100s; \"%s\" says which",
                      path, place, found->name, cell->name, key);
            return NULL;
        }
        found = found ? found : cell;
    }
    if (!found)
        err_usage(e, "%s: %s names no row of the table", path, place);
    return found;
}

/* Find the two rows of the table that a claim compares at one of its places, one for each side. */
static int find_rows(const struct experiment *x, const char *path, const char *place,
                     const cJSON *claim, const char *at, const struct cell *row[2], struct err *e)
{
    static const char *const side[] = {"better", "than"};
    char inner[PLACE + 64];
    for (size_t i = 0; i < LENGTH(side); i++) {
        snprintf(inner, sizeof(inner), strcmp(at, "at") != 0 ? "%s.%s with %s" : "%s.%s", place,
                 side[i], at);
        row[i] = find_row(x, path, inner, cJSON_GetObjectItem(claim, side[i]),
                          cJSON_GetObjectItem(claim, at), at, e);
        if (!row[i])
            return -1;
    }
    return row[0] != row[1]
               ? 0
               : err_usage(e, "%s: %s compares %.100s with itself", path, place, row[0]->name);
}

/* Check the four rows of a claim, or the two of one without "more_than_at", and that they have the
 * result. */
static int check_rows(const struct experiment *x, const char *path, const char *place,
                      const cJSON *claim, int column, struct err *e)
{
    const struct cell *row[4] = {NULL};
    char inner[PLACE + 32];
    int twice = cJSON_HasObjectItem(claim, "more_than_at");
    if (find_rows(x, path, place, claim, "at", row, e) < 0 ||
        (twice && find_rows(x, path, place, claim, "more_than_at", row + 2, e) < 0))
        return -1;
    if (row[0] == row[2] && row[1] == row[3])
        return err_usage(e, "%s: %s has the same rows at \"at\" and \"more_than_at\"", path, place);
    snprintf(inner, sizeof(inner), "%s.scope", place);
    for (int i = 0; i < 2 + 2 * twice; i++)
        if (check_has(row[i], path, inner, column, e) < 0)
            return -1;
    return 0;
}

static int check_claim(const struct experiment *x, const char *path, const char *place,
                       const cJSON *claim, struct err *e)
{
    enum { SIDES = 2, PLACES = 4 };
    static const char *const known[] = {"better", "than",  "at",    "more_than_at",
                                        "by",     "scope", "source"};
    const cJSON *by = cJSON_GetObjectItem(claim, "by");
    const cJSON *source = cJSON_GetObjectItem(claim, "source");
    char inner[PLACE + 32];
    if (parts_check_keys(path, place, claim, known, LENGTH(known), e) < 0)
        return -1;
    for (int i = 0; i < PLACES; i++) {
        const cJSON *part = cJSON_GetObjectItem(claim, known[i]);
        snprintf(inner, sizeof(inner), "%s.%s", place, known[i]);
        if ((i < SIDES || part) && check_axes(x, path, inner, part, e) < 0)
            return -1;
    }
    if (by && !cJSON_IsNumber(by))
        return err_usage(e, "%s: %s.by must be a number", path, place);
    if (source && !cJSON_IsString(source))
        return err_usage(e, "%s: %s.source must be a text", path, place);
    snprintf(inner, sizeof(inner), "%s.scope", place);
    int column = read_metric(path, inner, cJSON_GetObjectItem(claim, "scope"), e);
    return column < 0 ? -1 : check_rows(x, path, place, claim, column, e);
}

static int check_claims(const struct experiment *x, const char *path, struct err *e)
{
    const cJSON *claims = parts_get(x, "claims"), *claim;
    char place[PLACE], at[PLACE + 16];
    int i = 0;
    parts_place(x, "claims", place);
    if (claims && !cJSON_IsArray(claims))
        return err_usage(e, "%s: %s must be a list of objects", path, place);
    if (cJSON_GetArraySize(claims) > 0 && cJSON_GetArraySize(parts_get(x, "seeds")) < 2)
        return err_usage(e,
                         "%s: %s are judged by an interval over seeds, but there is one seed; give "
                         "two or more, or no claims",
                         path, place);
    cJSON_ArrayForEach (claim, claims) {
        snprintf(at, sizeof(at), "%s[%d]", place, i++);
        if (check_claim(x, path, at, claim, e) < 0)
            return -1;
    }
    return 0;
}

static int check_published(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const known[] = {"paper", "table", "scope", "value"};
    const cJSON *published = parts_get(x, "published"), *row;
    char place[PLACE], at[PLACE + 32];
    int i = 0;
    parts_place(x, "published", place);
    if (published && !cJSON_IsArray(published))
        return err_usage(e, "%s: %s must be a list of objects", path, place);
    cJSON_ArrayForEach (row, published) {
        snprintf(at, sizeof(at), "%s[%d]", place, i++);
        if (parts_check_keys(path, at, row, known, LENGTH(known), e) < 0)
            return -1;
        for (size_t k = 0; k < LENGTH(known); k++)
            if (!cJSON_IsString(cJSON_GetObjectItem(row, known[k])))
                return err_usage(e, "%s: %s.%s must be a text", path, at, known[k]);
        int which = which_find(json_field(row, "value"));
        snprintf(at + strlen(at), sizeof(at) - strlen(at), which < 0 ? ".value" : ".scope");
        if (which < 0)
            return err_usage(e,
                             "%s: %s is '%.60s', but must be last, last5_mean, last2_worst or best",
                             path, at, json_field(row, "value"));
        int column = read_metric(path, at, cJSON_GetObjectItem(row, "scope"), e);
        if (column < 0 || check_runs(x, path, at, column, 1, e) < 0)
            return -1;
    }
    return 0;
}

static int check_words(const struct experiment *x, const char *path, struct err *e)
{
    static const char *const text[] = {"title", "rates", "note"};
    const cJSON *protocol = parts_get(x, "protocol"), *v;
    char place[PLACE];
    for (size_t i = 0; i < LENGTH(text); i++)
        if ((v = parts_get(x, text[i])) && !cJSON_IsString(v))
            return err_usage(e, "%s: %s must be a text", path, parts_place(x, text[i], place));
    if (protocol && !cJSON_IsBool(protocol))
        return err_usage(e, "%s: %s must be true or false", path,
                         parts_place(x, "protocol", place));
    return 0;
}

int reported_check(const struct experiment *x, const char *path, struct err *e)
{
    if (check_words(x, path, e) < 0 || check_metrics(x, path, e) < 0 ||
        check_published(x, path, e) < 0)
        return -1;
    return x->tune ? 0 : check_claims(x, path, e); /* no claim is judged where rates are tuned */
}
