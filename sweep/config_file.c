#include "sweep/config_file.h"
#include "core/file.h"
#include <stdio.h>
#include <stdlib.h>

enum { JSON_LIMIT = 1 << 24 };

cJSON *json_open(const char *path, struct err *e)
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

int config_set_object(struct config *c, const char *path, const cJSON *object, struct err *e)
{
    const cJSON *v;
    cJSON_ArrayForEach(v, object) if (config_set_json(c, path, v->string, v, e) < 0) return -1;
    return 0;
}

int config_read(struct config *c, const char *path, struct err *e)
{
    cJSON *o = json_open(path, e);
    int status = o ? config_set_object(c, path, o, e) : -1;
    cJSON_Delete(o);
    return status;
}
