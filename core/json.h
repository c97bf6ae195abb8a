/* json: a file as JSON, through cJSON. */
#ifndef CORE_JSON_H
#define CORE_JSON_H
#include "core/core.h"
#include <cJSON.h>

/* The object that a file holds; cJSON_Delete() it.  NULL on failure: the sentence names the line of
 * a syntax error, which is a usage error if usage is set; an unreadable file never is. */
cJSON *json_read(const char *path, int usage, struct err *e);
#endif
