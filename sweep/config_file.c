#include "sweep/config_file.h"
#include "core/json.h"
#include "train/keys.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *json_text(const cJSON *v, char buf[VALUE_TEXT])
{
    char *text = json_words(v);
    snprintf(buf, VALUE_TEXT, "%s", text);
    free(text);
    double x = cJSON_IsNumber(v) ? fabs(v->valuedouble) : 0;
    if (isinf(x) || (x >= 1e15 && x < 1e21)) /* cJSON prints null, or too few digits */
        snprintf(buf, VALUE_TEXT, "%.0f", v->valuedouble);
    return buf;
}

/* Remove all keys that begin with _, at any depth of the value. */
static void drop_comments(cJSON *v)
{
    for (cJSON *child = v->child, *next; child; child = next) {
        next = child->next;
        if (child->string && child->string[0] == '_')
            cJSON_Delete(cJSON_DetachItemViaPointer(v, child));
        else
            drop_comments(child);
    }
}

cJSON *config_json(const char *path, struct err *e)
{
    cJSON *o = json_read(path, 1, e);
    if (!o)
        return NULL;
    drop_comments(o);
    cJSON_DeleteItemFromObject(o, "$schema");
    return o;
}

int config_set_json(struct config *c, const char *path, const char *place, const char *key,
                    const cJSON *v, struct err *e)
{
    char text[VALUE_TEXT];
    struct err inner;
    const char *colon = *place ? ": " : "";
    if (cJSON_IsString(v) != config_is_text(key) && !config_set(c, key, "", &inner))
        return err_usage(e, "%s: %s%s%s must be a text in quotes", path, place, colon, key);
    if (cJSON_IsString(v) && !config_is_text(key) &&
        config_set(c, key, v->valuestring, &inner) == 0)
        return err_usage(e, "%s: %s%s%s is '%s' in quotes, but must be written without", path,
                         place, colon, key, v->valuestring);
    if (config_set(c, key, json_text(v, text), &inner) < 0)
        return err_usage(e, "%s: %s%s%.400s", path, place, colon, inner.text);
    return 0;
}

int config_set_object(struct config *c, const char *path, const char *place, const cJSON *object,
                      struct err *e)
{
    const cJSON *v;
    if (object && !cJSON_IsObject(object))
        return err_usage(e, "%s: %s must be an object, {key: value}", path, place);
    cJSON_ArrayForEach (v, object) {
        if (config_set_json(c, path, place, v->string, v, e) < 0)
            return -1;
    }
    return 0;
}

/* A key beside the manifest's "config" would count for nothing. */
static int check_beside(const char *path, const cJSON *manifest, struct err *e)
{
    const cJSON *v;
    cJSON_ArrayForEach (v, manifest)
        if (keys_find(v->string))
            return err_usage(e, "%s: %s stands beside \"config\", but must be in it", path,
                             v->string);
    return 0;
}

int config_read(struct config *c, const char *path, struct err *e)
{
    cJSON *o = config_json(path, e);
    const cJSON *of_run = cJSON_GetObjectItem(o, "config");
    int status = -1;
    if (cJSON_IsObject(cJSON_GetObjectItem(o, "axes")))
        err_usage(e, "%s: is an experiment; gossipbench sweep %s makes its runs", path, path);
    else if (o && (!of_run || check_beside(path, o, e) == 0))
        status = config_set_object(c, path, of_run ? "config" : "", of_run ? of_run : o, e);
    if (of_run)
        c->allow_unstable = 1; /* not in the manifest, but a run that has a manifest was allowed */
    cJSON_Delete(o);
    return status;
}
