/* partitions: the ways to divide training samples among workers, one file each; list.h names them.
 * A kind sees labels, its own parameters, the number of workers and a seed; it knows no data set,
 * no configuration and no MPI. */
#pragma once
#include "core/registry.h"
#include "partitions/labels.h"
#include "partitions/partition.h"

struct partition_kind {
    const char *about;                 /* one line for the user */
    const struct parameter *parameter; /* its own; NULL: none */
    /* 0 if the parameter in a name such as shards-2 is well-formed, else -1 with a sentence.  NULL:
     * the name has no place for one. */
    int (*check)(const char *name, struct err *e);
    /* Fill p->index, which has room for l->n numbers, worker after worker.  p->n_worker is set.
     * p->n_each is n / n_worker; the kind may lower it, or set it to 0 and fill p->start (freed by
     * partition_close) if workers hold different numbers of samples, at least 1 each.
     * q->parameter holds the values of the kind's own list, within their limits.  -1 with a
     * sentence on failure. */
    int (*make)(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e);
    /* Change an image of n bytes that a worker holds, in place; NULL: they stay as they are. */
    void (*alter)(const struct partition_request *q, int worker, int sample, uint8_t *image,
                  size_t n);
};

/* All of them, as named in partitions/list.h; items are const struct partition_kind *.  In a name,
 * <k> stands for a parameter. */
extern const struct registry partition_registry[];
extern const size_t n_partition;

/* The kind of that name; NULL with a usage error that lists the known ones if there is none.
 * Whether it suits the samples is known only when it is made. */
const struct partition_kind *partition_find(const char *name, struct err *e);

#define REGISTER(name, symbol) extern const struct partition_kind partition_##symbol;
#include "partitions/list.h"
#undef REGISTER
