#include "core/json.h"
#include "core/file.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 1 << 24, PLACE = 200 };

/* Things that other languages allow but JSON does not. */
static const struct {
    const char *begins, *fault;
} dialect[] = {{"//", "JSON has no comments"},
               {"/*", "JSON has no comments"},
               {"#", "JSON has no comments"},
               {"'", "JSON has texts in double quotes only"},
               {"NaN", "JSON has no such number"},
               {"nan", "JSON has no such number"},
               {"Infinity", "JSON has no such number"},
               {"inf", "JSON has no such number"},
               {"True", "JSON writes true"},
               {"False", "JSON writes false"},
               {"None", "JSON writes null"}};

/* The fault of a number or a comma that begins at p; NULL: it has none. */
static const char *fault_of_sign(const char *p, char before)
{
    if (*p == '.' && !isdigit((unsigned char)before))
        return "a number needs a digit before its point";
    if (*p == ',' && p[1 + strspn(p + 1, " \t\r\n")] &&
        strchr("}]", p[1 + strspn(p + 1, " \t\r\n")]))
        return "a comma stands before the closing bracket";
    return NULL;
}

/* The fault of what begins at p, outside of texts; NULL: it has none. */
static const char *fault_at(const char *p, char before)
{
    for (size_t i = 0; i < LENGTH(dialect); i++)
        if (!strncmp(p, dialect[i].begins, strlen(dialect[i].begins)))
            return dialect[i].fault;
    return fault_of_sign(p, before);
}

/* The end of the text in quotes that begins at p. */
static const char *skip_text(const char *p)
{
    for (p++; *p && *p != '"'; p++)
        p += *p == '\\' && p[1];
    return *p ? p + 1 : p;
}

/* Why the text is not valid JSON; NULL if unknown. *at: where the parser stopped, replaced by where
 * the fault is. */
static const char *find_fault(const char *text, const char **at)
{
    const char *fault = NULL, *p = text, *stop = *at;
    while (*p && !(fault = fault_at(p, p > text ? p[-1] : ' ')))
        p = *p == '"' ? skip_text(p) : p + 1;
    if (fault) {
        *at = p;
        return fault;
    }
    if (!text[strspn(text, " \t\r\n")])
        return "the file is empty";
    cJSON *first = cJSON_ParseWithOpts(text, at, 0);
    cJSON_Delete(first);
    *at += strspn(*at, " \t\r\n");
    if (first)
        return "only one object may be in the file";
    while (stop > text && isdigit((unsigned char)stop[-1]))
        stop--;
    return stop > text + 1 && stop[-1] == ',' && isdigit((unsigned char)stop[-2])
               ? "numbers have a decimal point, not a comma"
               : NULL;
}

static int line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

/* Refuse \u0000, which would end a text in the middle. */
static int check_escapes(const char *path, const char *text, struct err *e)
{
    for (const char *p = text; (p = strchr(p, '\\')); p += 2)
        if (!strncmp(p, "\\u0000", 6))
            return err_set(e, "%s:%d: \\u0000 cannot be in a text", path, line_of(text, p));
        else if (!p[1])
            break;
    return 0;
}

static int by_key(const void *a, const void *b)
{
    const cJSON *const *v = a, *const *w = b;
    return strcmp((*v)->string, (*w)->string);
}

/* Check that no object has a key twice; `place` is where v is, "" for the whole file. */
static int check_keys(const char *path, const char *place, const cJSON *v, struct err *e)
{
    char inner[PLACE];
    int n = cJSON_GetArraySize(v), i = 0, status = 0;
    const cJSON **key = xcalloc((size_t)n, sizeof(const cJSON *)), *w;
    cJSON_ArrayForEach (w, v) {
        if (cJSON_IsArray(v))
            snprintf(inner, PLACE, "%.150s[%d]", place, i);
        else
            snprintf(inner, PLACE, "%.150s%s%.40s", place, *place ? "." : "", w->string);
        key[i++] = w;
        status = status == 0 && w->child ? check_keys(path, inner, w, e) : status;
    }
    if (cJSON_IsObject(v) && n > 1)
        qsort(key, (size_t)n, sizeof(*key), by_key);
    for (i = 1; cJSON_IsObject(v) && i < n && status == 0; i++)
        if (!strcmp(key[i]->string, key[i - 1]->string))
            status = err_set(e, "%s: %s%s%.60s is given twice", path, place, *place ? "." : "",
                             key[i]->string);
    free(key);
    return status;
}

cJSON *json_parse(const char *path, const char *text, struct err *e)
{
    const char *end = NULL;
    cJSON *o = cJSON_ParseWithOpts(text, &end, 1);
    const char *begin = text + strspn(text, " \t\r\n");
    const char *fault = o ? NULL : find_fault(text, &end);
    if (!o && !fault && *begin != '{')
        err_set(e, "%s: must hold a JSON object, {\"key\": value}, but begins '%.20s'", path,
                begin);
    else if (!o)
        err_set(e, "%s:%d: is not valid JSON near '%.20s'%s%s", path, line_of(text, end), end,
                fault ? ": " : "", fault ? fault : "");
    else if (!cJSON_IsObject(o))
        err_set(e, "%s: must hold a JSON object, {\"key\": value}, but begins '%.20s'", path,
                begin);
    else if (check_escapes(path, text, e) == 0 && check_keys(path, "", o, e) == 0)
        return o;
    cJSON_Delete(o);
    return NULL;
}

cJSON *json_read(const char *path, int usage, struct err *e)
{
    char *text = file_read_text(path, LIMIT, NULL, e);
    if (!text)
        return NULL;
    cJSON *o = json_parse(path, text, e);
    if (!o)
        e->usage = usage;
    free(text);
    return o;
}

const char *json_field(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));
    return text ? text : "";
}

char *json_words(const cJSON *v)
{
    char *text = cJSON_IsString(v) ? NULL : cJSON_PrintUnformatted(v);
    char *words = xstrdup(cJSON_IsString(v) ? v->valuestring : text ? text : "");
    cJSON_free(text);
    return words;
}
