/* pool: the seeds of one configuration together. */
#pragma once
#include "core/core.h"

/* Print every result of the runs in the folder, which DIR/<index>.json names, as tables have it:
 * mean ± deviation over the seeds.  -1 with a sentence if they cannot be read. */
int pool_print(const char *dir, const char *index, struct err *e);
