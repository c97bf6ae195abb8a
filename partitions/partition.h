/* partition: which worker holds which training samples. */
#ifndef PARTITIONS_PARTITION_H
#define PARTITIONS_PARTITION_H
#include "core/core.h"
#include "core/hash.h"
#include "core/parameter.h"
#include <stdint.h>

/* index (n_worker, n_each): sample numbers; no sample twice; equal chunks, the remainder unused. */
struct partition {
    int n_worker, n_each;
    int32_t *index;
    char sha256[HASH_TEXT]; /* of index, little-endian, and the two counts */
};

/* What to make. */
struct partition_request {
    const char *kind;             /* a name of partition_registry (partitions/partitions.h) */
    const union value *parameter; /* in the order of the kind's own list; NULL: initial values */
    int n_worker;
    uint64_t seed;
};

/* Partition n samples with labels y (n), classes 0 .. n_class - 1. */
int partition_open(struct partition *p, const struct partition_request *q, const int32_t *y, int n,
                   int n_class, struct err *e);
void partition_close(struct partition *p);
/* Samples of each class at each worker: count (n_worker, n_class). */
void partition_histogram(const struct partition *p, const int32_t *y, int n_class, int *count);
/* Mean over workers of the total-variation distance between a worker's label distribution and
 * that of all n samples: 0 when all are alike, towards 1 - 1/n_class when each has one class. */
double partition_heterogeneity(const struct partition *p, const int32_t *y, int n, int n_class);
/* Write "worker,index" rows, readable again as kind "file". */
int partition_save(const struct partition *p, const char *path, struct err *e);
/* Write "worker,class,count" rows of the histogram, those of count 0 left out. */
int partition_save_histogram(const struct partition *p, const int32_t *y, int n_class,
                             const char *path, struct err *e);
#endif
