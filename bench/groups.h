/* groups: the groups of benchmarks, a file each; every function registers one group's. */
#ifndef BENCH_GROUPS_H
#define BENCH_GROUPS_H
#include "bench/shim.h"

void add_train_steps(void); /* train_step/<model>/batch:32, eval/<model>/batch:32: samples */
void add_mixings(void);     /* mix/<topology>/n:<n>/d:272474: rounds on one rank, bytes sent */
void add_loads(void);       /* load/<dataset>: images */
void add_partitions(void);  /* partition/<kind>: samples */
#endif
