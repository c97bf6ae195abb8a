/* labels: what partitions divide, shuffled or sorted by class. */
#pragma once
#include "core/random.h"
#include <stdint.h>

/* n samples with labels y (n), classes 0 .. n_class - 1. */
struct labels {
    const int32_t *y;
    int n, n_class;
};

/* Shuffle 0 .. n-1 by the stream (seed, RANDOM_PARTITION); r is left after these draws. */
void labels_shuffle(struct random *r, uint64_t seed, int32_t *order, int n);
/* All samples sorted by class into to, in their order within a class. */
void labels_sort(const struct labels *l, int32_t *to);
/* The n samples of from sorted by class into to, keeping their order within a class; samples of
 * class k are to[start[k]] .. to[start[k + 1] - 1]; start has n_class + 1 numbers. */
void labels_sort_some(const struct labels *l, const int32_t *from, int n, int32_t *to, int *start);
