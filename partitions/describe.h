/* describe: which worker holds which classes, in numbers for people. */
#pragma once
#include "partitions/partition.h"

/* Print the samples of each class at each worker, count (n_worker, n_class), and how far the workers
 * are from the n labels y as a whole. */
void partition_describe(FILE *f, const struct partition *p, const int32_t *y, int n, int n_class,
                        const int *count);
