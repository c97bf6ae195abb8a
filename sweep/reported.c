#include "sweep/reported.h"
#include "core/column.h"
#include "core/registry.h"
#include <stdio.h>

/* Check that a value, `what` in the sentence, is the key of a column that can be compared. */
static int check_metric(const char *path, const char *what, const cJSON *v, struct err *e)
{
    const char *key = cJSON_GetStringValue(v), *known[N_COLUMN];
    char hint[96];
    size_t n = 0;
    for (int c = 0; c < N_COLUMN; c++)
        if (column_is_compared(c))
            known[n++] = columns[c].key;
    int c = column_find(key);
    if (c >= 0 && column_is_compared(c))
        return 0;
    return err_usage(e, "%s: %s names '%.60s'%s, which is not a result to compare", path, what,
                     key ? key : "", name_suggest(hint, sizeof(hint), key ? key : "", known, n));
}

static int check_metrics(const struct reported *x, const char *path, struct err *e)
{
    const cJSON *v;
    if (x->scope && check_metric(path, "scope", x->scope, e) < 0)
        return -1;
    if (x->metric && !cJSON_IsArray(x->metric))
        return check_metric(path, "metric", x->metric, e);
    cJSON_ArrayForEach (v, x->metric)
        if (check_metric(path, "metric", v, e) < 0)
            return -1;
    return 0;
}

static int check_claim(const struct reported *x, const char *path, const char *what,
                       const cJSON *claim, struct err *e)
{
    static const char *const part[] = {"better", "than", "at"};
    const cJSON *by = cJSON_GetObjectItem(claim, "by"), *v;
    for (size_t i = 0; i < LENGTH(part); i++) {
        const cJSON *cells = cJSON_GetObjectItem(claim, part[i]);
        if (!cJSON_IsObject(cells) && (cells || i < 2))
            return err_usage(e, "%s: %s needs \"%s\", an object {axis: value}", path, what,
                             part[i]);
        cJSON_ArrayForEach (v, cells)
            if (!cJSON_GetObjectItem(x->axes, v->string))
                return err_usage(e, "%s: %s, %s: '%.60s' is not an axis", path, what, part[i],
                                 v->string);
    }
    if (by && !cJSON_IsNumber(by))
        return err_usage(e, "%s: %s: \"by\" must be a number", path, what);
    return check_metric(path, what, cJSON_GetObjectItem(claim, "scope"), e);
}

int reported_check(const struct reported *x, const char *path, struct err *e)
{
    const cJSON *claim;
    char what[32];
    int n = 0;
    if (x->claims && !cJSON_IsArray(x->claims))
        return err_usage(e, "%s: claims must be a list of objects", path);
    cJSON_ArrayForEach (claim, x->claims) {
        snprintf(what, sizeof(what), "claim %d", ++n);
        if (check_claim(x, path, what, claim, e) < 0)
            return -1;
    }
    return check_metrics(x, path, e);
}
