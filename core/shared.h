/* shared: memory that one process allocates and others on the machine map, read-only.  It has no
 * name in any file system, and is freed when the last process that maps it ends in any way. */
#pragma once
#include "core/core.h"
#include <stddef.h>
#include <stdint.h>

/* What another process needs to map the memory. */
struct shared_offer {
    long pid;
    int fd; /* open in that process; -1: there is nothing to map */
    size_t n;
    uint64_t inode;
};

/* n bytes, all 0; *fd is a descriptor for offers, to be closed when all who need it have mapped the
 * memory.  NULL if this machine cannot. */
void *shared_allocate(size_t n, int *fd);
struct shared_offer shared_offer(int fd, size_t n);
/* Map offered memory, read-only; NULL if this process may not, or cannot see the other process. */
void *shared_map(const struct shared_offer *o);
void shared_release(void *at, size_t n);
