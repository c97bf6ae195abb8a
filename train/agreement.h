/* agreement: what decides the bits of a run, but is found out by each rank by itself, must be the
 * same for all of them: hosts may have other processors, files, programs and environments. */
#pragma once
#include "train/run.h"

/* The configuration, and its hash, which covers the files that it names; -1 with a sentence at all
 * ranks; all ranks. */
int agree_on_config(const struct config *c, const char hash[HASH_TEXT], struct err *e);
/* The configuration, the build of the program, and the kernels and the BLAS that this processor has
 * been given; the same. */
int agree_on_settings(const struct run *r, struct err *e);
/* The code and the data files; the same. */
int agree_on_identity(const struct run *r, struct err *e);
