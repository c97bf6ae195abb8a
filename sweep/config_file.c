#include "sweep/config_file.h"
#include <stdio.h>

const char *json_text(const cJSON *v, char buf[VALUE_TEXT])
{
    char *text = cJSON_IsString(v) ? NULL : cJSON_PrintUnformatted(v);
    snprintf(buf, VALUE_TEXT, "%s", cJSON_IsString(v) ? v->valuestring : text ? text : "");
    cJSON_free(text);
    return buf;
}

int config_set_json(struct config *c, const char *path, const char *key, const cJSON *v,
                    struct err *e)
{
    char text[VALUE_TEXT];
    struct err inner;
    if (cJSON_IsString(v) != config_is_text(key) && !config_set(c, key, "", &inner))
        return err_usage(e, "%s: %s must be a text in quotes", path, key);
    if (cJSON_IsString(v) && !config_is_text(key) &&
        config_set(c, key, v->valuestring, &inner) == 0)
        return err_usage(e, "%s: %s is '%s' in quotes, but must be written without", path, key,
                         v->valuestring);
    if (config_set(c, key, json_text(v, text), &inner) < 0)
        return err_usage(e, "%s: %.400s", path, inner.text);
    return 0;
}

int json_check_once(const char *path, const char *what, const cJSON *object, const cJSON *v,
                    struct err *e)
{
    if (cJSON_GetObjectItemCaseSensitive(object, v->string) == v)
        return 0;
    return err_usage(e, "%s: %s has the key '%.60s' twice", path, what, v->string);
}

int config_set_object(struct config *c, const char *path, const char *what, const cJSON *object,
                      struct err *e)
{
    const cJSON *v;
    if (object && !cJSON_IsObject(object))
        return err_usage(e, "%s: %s must be an object, {key: value}", path, what);
    cJSON_ArrayForEach (v, object) {
        if (config_set_json(c, path, v->string, v, e) < 0 ||
            json_check_once(path, what, object, v, e) < 0)
            return -1;
    }
    return 0;
}

int config_read(struct config *c, const char *path, struct err *e)
{
    cJSON *o = json_read(path, 1, e);
    int status = o ? config_set_object(c, path, "the file", o, e) : -1;
    cJSON_Delete(o);
    return status;
}
