/* memory: how much this process uses and how much it can still take, in bytes. */
#pragma once

/* The largest resident size so far. */
double memory_taken(void);
/* How much processes can still take before the machine swaps, or kills one that is beyond the limit
 * of its control group (core/limits.h); 0 if it is not known. */
double memory_available(void);
