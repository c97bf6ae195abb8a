/* model_save: the final parameters of a run: every worker's and their mean. */
#pragma once
#include "train/checkpoint_file.h"
#include "train/model_file.h"
#include "train/run.h"

/* The name of the file that a finished run with save_model leaves. */
extern const char model_name[];
/* Write it, for train/model_file.h to read; `parameters` is their SHA-256, needed at the root.
 * Collective. */
int model_save(struct run *r, const char *parameters, struct err *e);
/* Read the models from an open checkpoint of a run of c.  Collective. */
int model_open_checkpoint(struct model_file *m, struct checkpoint_file *s, const struct config *c,
                          struct err *e);
