/* memory: how much this process uses and how much it can still take, in bytes. */
#pragma once

/* The largest resident size so far. */
double memory_taken(void);
/* How much processes can still allocate before the machine swaps, or kills a process that exceeds
 * the limit of its control group (core/limits.h); 0 if unknown. */
double memory_available(void);
