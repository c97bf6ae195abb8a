/* sweep: an experiment's file, the runs that it spans, and how they are spread over processes.
 * Decides which runs are made, never what comes out of one: no file here is part of the code hash.
 *
 * config_file: configurations from JSON. */
#ifndef SWEEP_CONFIG_FILE_H
#define SWEEP_CONFIG_FILE_H
#include "core/json.h"
#include "train/config.h"

enum { VALUE_TEXT = 2 * CONFIG_TEXT };

/* Set c's keys from a JSON object in a file. */
int config_read(struct config *c, const char *path, struct err *e);

/* The rest is for the files of sweep/. */

/* A JSON value as the text that config_set takes; in buf, "" if it is of no fitting kind. */
const char *json_text(const cJSON *v, char buf[VALUE_TEXT]);
/* Set one key, or those of an object that the file calls `what`, if it is not NULL; sentences name
 * the file. */
int config_set_json(struct config *c, const char *path, const char *key, const cJSON *v,
                    struct err *e);
int config_set_object(struct config *c, const char *path, const char *what, const cJSON *object,
                      struct err *e);
/* -1 with a sentence if the object has a key before v that is v's. */
int json_check_once(const char *path, const char *what, const cJSON *object, const cJSON *v,
                    struct err *e);
#endif
