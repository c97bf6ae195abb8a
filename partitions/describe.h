/* describe: which worker holds which classes, in numbers for people. */
#pragma once
#include "partitions/partition.h"

/* Print how many samples of each class each worker holds, count (n_worker, n_class), and how far
 * the workers' label distributions are from that of all n labels y. */
void partition_describe(FILE *f, const struct partition *p, const int32_t *y, int n, int n_class,
                        const int *count);
