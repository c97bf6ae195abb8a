/* source: the parameters that a run has left. */
#pragma once
#include "train/model_file.h"

/* Open the parameters that a path names: a file of them, a checkpoint, or the folder of a run with
 * one of the two.  -1 with a sentence on failure.  Collective. */
int model_open_source(struct model_file *m, const char *from, struct err *e);
