#include "core/json.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 1 << 24 };

/* The object in text (n), which a NUL follows; NULL with a sentence if text is not one object. */
static cJSON *parse(const char *path, const char *text, size_t n, struct err *e)
{
    const char *end = NULL;
    int line = 1;
    cJSON *o = cJSON_ParseWithOpts(text, &end, 1);
    for (const char *p = text; end && p < end; p++)
        line += *p == '\n';
    if (!o)
        err_set(e, "%s:%d: is not valid JSON near '%.20s'", path, line, end ? end : "");
    else if (strlen(text) != n)
        err_set(e, "%s:%d: a NUL byte cannot be in a JSON file", path, line);
    else if (!cJSON_IsObject(o))
        err_set(e, "%s: must hold a JSON object, {\"key\": value}", path);
    else
        return o;
    cJSON_Delete(o);
    return NULL;
}

cJSON *json_read(const char *path, int usage, struct err *e)
{
    size_t n;
    char *text = file_read(path, LIMIT, &n, e);
    cJSON *o = text ? parse(path, text, n, e) : NULL;
    if (text && !o)
        e->usage = usage;
    free(text);
    return o;
}

const char *json_field(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));
    return text ? text : "";
}
