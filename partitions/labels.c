#include "partitions/labels.h"
#include "core/core.h"
#include <stdlib.h>
#include <string.h>

void labels_shuffle(struct random *r, uint64_t seed, int32_t *order, int n)
{
    random_init(r, seed, RANDOM_PARTITION, 0, 0);
    for (int i = 0; i < n; i++)
        order[i] = i;
    random_shuffle(r, order, (size_t)n);
}

void labels_sort_some(const struct labels *l, const int32_t *from, int n, int32_t *to, int *start)
{
    memset(start, 0, ((size_t)l->n_class + 1) * sizeof(*start));
    for (int i = 0; i < n; i++)
        start[l->y[from[i]] + 1]++;
    for (int k = 0; k < l->n_class; k++)
        start[k + 1] += start[k];
    for (int i = 0; i < n; i++)
        to[start[l->y[from[i]]]++] = from[i];
    for (int k = l->n_class; k > 0; k--) /* each start has moved to its class's end */
        start[k] = start[k - 1];
    start[0] = 0;
}

void labels_sort(const struct labels *l, int32_t *to)
{
    int32_t *order = xcalloc((size_t)l->n, sizeof(*order));
    int *start = xcalloc((size_t)l->n_class + 1, sizeof(*start));
    for (int i = 0; i < l->n; i++)
        order[i] = i;
    labels_sort_some(l, order, l->n, to, start);
    free(order);
    free(start);
}
