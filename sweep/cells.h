/* cells: the grid of an experiment: one configuration for each point and seed, or, if learning
 * rates are tuned, for each point and rate.  For sweep/experiment.c. */
#pragma once
#include "sweep/experiment.h"

/* Make x's axes and cells from its file, whose form has been checked.  Each cell is checked on its
 * own. */
int cells_make(struct experiment *x, const char *path, const struct experiment_request *q,
               struct err *e);
/* Add a copy of the complete cell `like` that has another value of its last axis, lr. */
int cells_add_rate(struct experiment *x, const struct cell *like, const char *lr, struct err *e);
