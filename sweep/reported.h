/* reported: checks the parts of an experiment file that reports use, before its runs are made. */
#pragma once
#include "core/core.h"
#include <cJSON.h>

/* Parts of the file; NULL: the file does not have the part. */
struct reported {
    const cJSON *metric, *scope, *claims;
    const cJSON *axes; /* an object: its keys are the axes */
};
/* -1 with a sentence for a metric that cannot be compared, or a claim about something that is not
 * an axis of the grid. */
int reported_check(const struct reported *x, const char *path, struct err *e);
