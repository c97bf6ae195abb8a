/* json: a file as JSON, through cJSON, for the two folders that read some: train/ and report/. */
#ifndef CORE_JSON_H
#define CORE_JSON_H
#include "core/core.h"
#include <cJSON.h>

/* The object that a file holds; cJSON_Delete() it.  NULL on failure: a syntax error is named by its
 * line, and is one of usage if usage is set; a file that cannot be read never is. */
cJSON *json_read(const char *path, int usage, struct err *e);
#endif
