/* process: starts a process of a sweep. */
#pragma once
#include "sweep/sweep.h"
#include <sys/types.h>

/* Start a process that does `job`, with MPI started, and ends with the code that it returns.  It is
 * asked to stop (SIGTERM) if this process ends first. */
pid_t process_start(int (*job)(const struct sweep *s, const void *context), const struct sweep *s,
                    const void *context);
