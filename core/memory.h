/* memory: what this process takes and what the machine still has, in bytes. */
#ifndef CORE_MEMORY_H
#define CORE_MEMORY_H

/* The most that was resident so far. */
double memory_taken(void);
/* What processes can still take before the machine swaps or kills; 0 if it does not say. */
double memory_available(void);
#endif
