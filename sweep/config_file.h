/* sweep: experiment files, the runs that they describe, and how the runs are distributed over
 * processes.  The folder decides which runs are made, but never affects their results, so no file
 * in it is part of the code hash.
 *
 * config_file: configurations from JSON. */
#pragma once
#include "core/json.h"
#include "train/config.h"

enum { VALUE_TEXT = CONFIG_VALUE };

/* Read the object in a file of a run's or an experiment's settings, as json_read does.  Comments
 * are left out: keys at any depth that begin with _, and "$schema", which is for editors. */
cJSON *config_json(const char *path, struct err *e);

/* Set c's keys from a JSON object in a file, or from the configuration in a run's manifest. */
int config_read(struct config *c, const char *path, struct err *e);

/* For the files of sweep/ only: */

/* Write a JSON value into buf as a text for config_set ("" if the type is wrong); returns buf. */
const char *json_text(const cJSON *v, char buf[VALUE_TEXT]);
/* Set one key, or all keys of an object unless it is NULL; sentences name the file and the place of
 * the key or object in it ("": the whole file). */
int config_set_json(struct config *c, const char *path, const char *place, const char *key,
                    const cJSON *v, struct err *e);
int config_set_object(struct config *c, const char *path, const char *place, const cJSON *object,
                      struct err *e);
