/* agreement: each rank determines for itself what decides the bits of a run.  It must come out the
 * same at all ranks, whose hosts may differ in processors, files, programs and environments. */
#pragma once
#include "train/run.h"

/* Compare the configuration and its hash, which covers the files that it names.  -1 with a sentence
 * at all ranks if they differ; all ranks. */
int agree_on_config(const struct config *c, const char hash[HASH_TEXT], struct err *e);
/* Compare, in the same way, the configuration, the build of the program, and the kernels and the
 * BLAS core that were chosen for each rank's processor. */
int agree_on_settings(const struct run *r, struct err *e);
/* Compare, in the same way, the code and the data files. */
int agree_on_identity(const struct run *r, struct err *e);
