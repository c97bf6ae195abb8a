/* fit: how many runs of a sweep can be made at a time in the memory of this machine. */
#pragma once
#include "sweep/sweep.h"

/* How many processes to start if one takes at most so many bytes: n_process or, if that is this
 * program's choice (s->may_shrink), as many as have room, but at least one. */
int fit_count(const struct sweep *s, double bytes);
/* The same, for what the missing runs take, which a process of its own finds out.  Says so if it is
 * fewer than n_process. */
int fit_processes(const struct sweep *s);
