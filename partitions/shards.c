/* shards: shards-<k> (McMahan, Moore, Ramage, Hampson and Aguera y Arcas,
 * "Communication-Efficient Learning of Deep Networks from Decentralized Data", AISTATS 2017, where
 * k is 2): sort all samples by label, cut them into k n shards of equal size, and deal k of them at
 * random to each of the n workers, so that most workers hold about k classes.  If the number of
 * samples is not a multiple of k n (the paper's is), each worker has the same number of shards that
 * are longer by one sample, so that fewer than n samples of the last class stay unused. */
#include "partitions/partitions.h"
#include <stdlib.h>
#include <string.h>

/* The k of "shards-<k>"; -1 for any other text. */
static int shards_of(const char *kind)
{
    const char *text = kind + strlen("shards-");
    size_t n = strspn(text, "0123456789");
    return n >= 1 && n <= 6 && !text[n] && atoi(text) >= 1 ? atoi(text) : -1;
}

static int check(const char *kind, struct err *e)
{
    if (shards_of(kind) > 0)
        return 0;
    return err_usage(e,
                     "partition '%.60s': the shards of a worker must be a whole number from 1 to "
                     "999999, as in shards-2",
                     kind);
}

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    int k = shards_of(q->kind);
    long long n_shard = (long long)k * p->n_worker;
    if (n_shard > l->n)
        return err_usage(e,
                         "partition: %s cuts the samples into %lld shards for %d workers, but "
                         "there are only %d samples; use shards-%d or less",
                         q->kind, n_shard, p->n_worker, l->n, l->n / p->n_worker);
    int size = p->n_each / k, n_longer = p->n_each % k;
    int32_t *sorted = xcalloc((size_t)l->n, sizeof(*sorted)), *to = p->index;
    int32_t *deal = xcalloc((size_t)n_shard, sizeof(*deal));
    int *start = xcalloc((size_t)n_shard + 1, sizeof(*start));
    struct random r;
    labels_sort(l, sorted);
    labels_shuffle(&r, q->seed, deal, (int)n_shard);
    for (int s = 0; s < n_shard; s++)
        start[deal[s] + 1] = size + (s % k < n_longer);
    for (int s = 0; s < n_shard; s++)
        start[s + 1] += start[s];
    for (int s = 0; s < n_shard; s++)
        for (int i = start[deal[s]]; i < start[deal[s] + 1]; i++)
            *to++ = sorted[i];
    free(sorted), free(deal), free(start);
    return 0;
}

const struct partition_kind partition_shards = {
    .about = "k runs of the samples sorted by class for every worker, as McMahan et al. deal them",
    .check = check,
    .make = make};
