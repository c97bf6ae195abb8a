/* reported: what an experiment's file says for reports is checked before its runs are made. */
#ifndef SWEEP_REPORTED_H
#define SWEEP_REPORTED_H
#include "core/core.h"
#include <cJSON.h>

/* Parts of the file; NULL: there is none. */
struct reported {
    const cJSON *metric, *scope, *claims;
    const cJSON *axes; /* an object: its keys are the axes */
};
/* Refuse metrics that nothing can be compared by, and claims about no axis of the grid. */
int reported_check(const struct reported *x, const char *path, struct err *e);
#endif
