/* agreement: each rank works out for itself everything that determines the bits of a run, and all
 * ranks must arrive at the same answer, although their hosts may differ in processors, files,
 * programs and environments. */
#pragma once
#include "train/run.h"

/* Compare the configuration and its hash, which covers the files that it names.  Returns -1 with a
 * sentence at all ranks if they differ.  Collective. */
int agree_on_config(const struct config *c, const char hash[HASH_TEXT], struct err *e);
/* The same for the configuration, the build of the program, and the kernels and BLAS core that were
 * chosen for each rank's processor. */
int agree_on_settings(const struct run *r, struct err *e);
/* The same for the code and the data files. */
int agree_on_identity(const struct run *r, struct err *e);
