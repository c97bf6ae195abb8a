/* json: reads a JSON file, through cJSON. */
#pragma once
#include "core/core.h"
#include <cJSON.h>

/* The object in a file; cJSON_Delete() it.  NULL on failure: the sentence gives the line of a
 * syntax error, or the place of a key that an object has twice.  If usage is set, faults of the
 * content are usage errors; a file that cannot be read as text never is one. */
cJSON *json_read(const char *path, int usage, struct err *e);
/* The object in a text, which sentences call `path`. */
cJSON *json_parse(const char *path, const char *text, struct err *e);
/* The text of a field; "" if the object, which may be NULL, has no such text. */
const char *json_field(const cJSON *object, const char *name);
/* A value in words: a text as it is, anything else as JSON, "" of NULL; free() it. */
char *json_words(const cJSON *v);
