/* sweep: an experiment's file, the runs that it spans, and how they are spread over processes.
 * Decides which runs are made, never what comes out of one: no file here is part of the code hash.
 *
 * config_file: configurations from JSON. */
#ifndef SWEEP_CONFIG_FILE_H
#define SWEEP_CONFIG_FILE_H
#include "train/config.h"
#include <cJSON.h>

enum { VALUE_TEXT = 2 * CONFIG_TEXT };

/* Set c's keys from a JSON object in a file. */
int config_read(struct config *c, const char *path, struct err *e);

/* The rest is for the files of sweep/. */

/* A file's JSON object; a syntax error is named by its line. */
cJSON *json_open(const char *path, struct err *e);
/* A JSON value as the text that config_set takes; in buf, "" if it is of no fitting kind. */
const char *json_text(const cJSON *v, char buf[VALUE_TEXT]);
/* Set one key, or those of an object; sentences name the file. */
int config_set_json(struct config *c, const char *path, const char *key, const cJSON *v,
                    struct err *e);
int config_set_object(struct config *c, const char *path, const cJSON *object, struct err *e);
#endif
