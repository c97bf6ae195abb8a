/* model_save: the parameters that a run leaves: those of all workers, and their mean. */
#pragma once
#include "train/checkpoint_file.h"
#include "train/model_file.h"
#include "train/run.h"

/* The file of a finished run with save_model. */
extern const char model_name[];
/* Write it, for train/model_file.h to read; parameters: their SHA-256, at the root; all ranks. */
int model_save(struct run *r, const char *parameters, struct err *e);
/* Read the models of an open checkpoint, of a run of c; all ranks. */
int model_open_checkpoint(struct model_file *m, struct checkpoint_file *s, const struct config *c,
                          struct err *e);
