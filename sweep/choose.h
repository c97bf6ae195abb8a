/* choose: which runs of an experiment a sweep makes, and whether all ranks have chosen the same
 * ones. */
#pragma once
#include "sweep/sweep.h"

/* Mark in s->chosen the runs that pass all filters "KEY=VALUE", where KEY is an axis or a key; -1
 * with a sentence if a filter is malformed, if no run passes, or if a run that passes has no
 * learning rate. */
int sweep_choose(struct sweep *s, struct err *e);
/* Under a launcher: -1 with a sentence at all ranks if status is negative at any rank, or if they
 * have not opened the same runs.  Otherwise returns status.  Collective. */
int sweep_agree(int status, const struct sweep *s, struct err *e);
