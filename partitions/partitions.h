/* partition_kinds: the makers behind partition_open that fill a file of their own.  Private to
 * loaders/. */
#ifndef PARTITIONS_PARTITIONS_H
#define PARTITIONS_PARTITIONS_H
#include "core/random.h"
#include "partitions/partition.h"

/* What is divided: n samples with labels y, classes 0 .. n_class - 1. */
struct labels {
    const int32_t *y;
    int n, n_class;
};

/* Makers fill p->index, which has room for n numbers, in the order of the workers; n_each is set to
 * n / n_worker beforehand and may be lowered.  On failure -1 with a sentence. */
int partition_make_dirichlet(struct partition *p, const struct partition_request *q,
                             const struct labels *l, struct err *e);
int partition_make_file(struct partition *p, const struct partition_request *q,
                        const struct labels *l, struct err *e);
int partition_make_hsu(struct partition *p, const struct partition_request *q,
                       const struct labels *l, struct err *e);
int partition_make_shards(struct partition *p, const struct partition_request *q,
                          const struct labels *l, struct err *e);

/* -1 with a sentence unless the parameter in a name that begins with "shards-" is a number. */
int partition_check_shards(const char *kind, struct err *e);
/* -1 with a sentence unless alpha is one that a Dirichlet distribution can have here. */
int partition_check_alpha(const struct partition_request *q, struct err *e);

/* 0 .. n-1 shuffled by (seed, RANDOM_PARTITION). */
void partition_shuffle(struct random *r, uint64_t seed, int32_t *order, int n);
/* All samples sorted by class into to, in their order within a class. */
void partition_sort(const struct labels *l, int32_t *to);
/* The n samples of from sorted by class into to, keeping their order within a class; samples of
 * class k are to[start[k]] .. to[start[k + 1] - 1]; start has n_class + 1 numbers. */
void partition_by_class(const struct labels *l, const int32_t *from, int n, int32_t *to,
                        int *start);
#endif
