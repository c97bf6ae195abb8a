/* model: what the verbs about files of parameters share. */
#pragma once
#include "core/core.h"
#include "train/model_file.h"

/* The model that --worker names: a worker's number, "average" (or "mean"), "all"; NULL: the
 * default.  -1 with a sentence if it is none of these. */
int model_which(const char *worker, int *which, struct err *e);
