/* limits: what part of the machine this process may use.  Containers, batch jobs and systemd limit
 * it by control groups (version 1 or 2, each with the groups above it), taskset by an affinity. */

#pragma once

/* How many bytes the groups still allow, counting cached files that can be dropped as free;
 * INFINITY if they set no limit. */
double limits_memory(void);
/* How many processes can compute at full speed: the smallest of the processors in the affinity, in
 * the groups, and in the groups' quotas (rounded down); at least 1. */
int limits_processors(void);
/* Read /proc and /sys below this folder, which must stay; for tests. */
void limits_set_root(const char *dir);
