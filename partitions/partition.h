/* partition: which worker holds which training samples. */
#pragma once
#include "core/core.h"
#include "core/hash.h"
#include "core/parameter.h"
#include <stdint.h>
#include <stdio.h>

/* index: the numbers of the samples, worker after worker.  No sample occurs twice; samples that do
 * not occur are unused.  Most kinds give all workers the same number of samples; others set
 * `start`. */
struct partition {
    int n_worker, n_each; /* n_each: 0 if `start` is set */
    int32_t *index;
    int32_t *start; /* (n_worker + 1) where each worker's samples begin; NULL: all have n_each */
    char sha256[HASH_TEXT]; /* of index, start if it is set, and the two counts, little-endian */
};

/* Where worker j's samples begin in index; for j = n_worker, how many samples all workers hold
 * together. */
static inline int partition_start(const struct partition *p, int j)
{
    return p->start ? p->start[j] : j * p->n_each;
}
/* How many samples worker j holds. */
static inline int partition_size(const struct partition *p, int j)
{
    return partition_start(p, j + 1) - partition_start(p, j);
}
/* The smallest and the largest number of samples that a worker holds. */
void partition_sizes(const struct partition *p, int *least, int *most);
/* Print "40" or, if workers hold different numbers of samples, "10 to 90" into buf; returns buf. */
const char *partition_size_words(const struct partition *p, char *buf, size_t size);

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
/* If the kind that q names changes the images that workers hold, do so in place: x (n, size) bytes,
 * of which each worker sees only its own images. */
void partition_alter(const struct partition *p, const struct partition_request *q, uint8_t *x,
                     size_t size);
/* Samples of each class at each worker: count (n_worker, n_class). */
void partition_histogram(const struct partition *p, const int32_t *y, int n_class, int *count);
/* Samples of each class that no worker holds: unused (n_class); returns their sum. */
int partition_unused(const struct partition *p, const int32_t *y, int n, int n_class, int *unused);
/* Print a line that says how many samples of which class no worker holds; nothing if there are
 * none. */
void partition_print_unused(FILE *f, const struct partition *p, const int32_t *y, int n,
                            int n_class);
/* Choose up to n of a worker's samples, evenly spaced in its list.  Since samples of a class are
 * often next to each other there, the choice shows its classes in proportion.  Returns how many
 * were chosen. */
int partition_spread(const struct partition *p, int worker, int n, int32_t *sample);
/* The mean over workers of the total-variation distance between a worker's label distribution and
 * that of all n samples: 0 if all are alike, close to 1 - 1/n_class if each has one class. */
double partition_heterogeneity(const struct partition *p, const int32_t *y, int n, int n_class);
/* Write "worker,index" rows, readable again as kind "file". */
int partition_save(const struct partition *p, const char *path, struct err *e);
/* Write the histogram as "worker,class,count" rows, except those with a count of 0. */
int partition_save_histogram(const struct partition *p, const int32_t *y, int n_class,
                             const char *path, struct err *e);
