/* partition: iid and sorted partitions, and what all kinds share: checks, hash, measures, output.
 */
#include "partitions/partition.h"
#include "core/file.h"
#include "partitions/partitions.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "hashes are of little-endian numbers");

void partition_shuffle(struct random *r, uint64_t seed, int32_t *order, int n)
{
    random_init(r, seed, RANDOM_PARTITION, 0, 0);
    for (int i = 0; i < n; i++)
        order[i] = i;
    random_shuffle(r, order, (size_t)n);
}

void partition_by_class(const struct labels *l, const int32_t *from, int n, int32_t *to, int *start)
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

static int make_iid(struct partition *p, const struct partition_request *q, const struct labels *l,
                    struct err *e)
{
    (void)e;
    struct random r;
    partition_shuffle(&r, q->seed, p->index, l->n);
    return 0;
}

void partition_sort(const struct labels *l, int32_t *to)
{
    int32_t *order = xcalloc((size_t)l->n, sizeof(*order));
    int *start = xcalloc((size_t)l->n_class + 1, sizeof(*start));
    for (int i = 0; i < l->n; i++)
        order[i] = i;
    partition_by_class(l, order, l->n, to, start);
    free(order);
    free(start);
}

static int make_sorted(struct partition *p, const struct partition_request *q,
                       const struct labels *l, struct err *e)
{
    (void)q, (void)e;
    partition_sort(l, p->index);
    return 0;
}

int partition_check_alpha(const struct partition_request *q, struct err *e)
{
    if (q->alpha >= 1e-6 && q->alpha <= 1e6)
        return 0;
    return err_usage(e, "partition: alpha is %g; a %s partition needs 1e-6 to 1e6", q->alpha,
                     q->kind);
}

/* check: of the parameter in the name, for a kind that has one. */
struct kind {
    int (*make)(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e);
    int (*check)(const char *name, struct err *e);
};
static const struct kind iid = {make_iid, NULL}, sorted = {make_sorted, NULL},
                         dirichlet = {partition_make_dirichlet, NULL},
                         hsu = {partition_make_hsu, NULL},
                         shards = {partition_make_shards, partition_check_shards},
                         file = {partition_make_file, NULL};
const struct registry partition_registry[] = {
    {"iid", &iid}, {"sorted", &sorted},     {"dirichlet", &dirichlet},
    {"hsu", &hsu}, {"shards-<k>", &shards}, {"file", &file}};
const size_t n_partition = LENGTH(partition_registry);

static const struct kind *find(const char *name, struct err *e)
{
    for (size_t i = 0; i < n_partition; i++) {
        const struct kind *k = partition_registry[i].item;
        size_t fixed = strcspn(partition_registry[i].name, "<");
        if (k->check && !strncmp(partition_registry[i].name, name, fixed))
            return k->check(name, e) < 0 ? NULL : k;
    }
    return registry_find(partition_registry, n_partition, "partition", name, e);
}

int partition_check(const char *kind, struct err *e)
{
    return find(kind, e) ? 0 : -1;
}

int partition_open(struct partition *p, const struct partition_request *q, const int32_t *y, int n,
                   int n_class, struct err *e)
{
    memset(p, 0, sizeof(*p));
    const struct kind *k = find(q->kind, e);
    if (!k)
        return -1;
    if (q->n_worker < 1)
        return err_usage(e, "partition: %d workers cannot be; use 1 or more", q->n_worker);
    if (n < q->n_worker)
        return err_usage(e, "partition: %d samples are too few for %d workers", n, q->n_worker);
    for (int i = 0; i < n; i++)
        CHECK(y[i] >= 0 && y[i] < n_class);
    p->n_worker = q->n_worker;
    p->n_each = n / q->n_worker;
    p->index = xcalloc((size_t)n, sizeof(*p->index));
    if (k->make(p, q, &(struct labels){y, n, n_class}, e)) {
        partition_close(p);
        return -1;
    }
    const int32_t counts[2] = {p->n_worker, p->n_each};
    struct hash *h = hash_begin();
    hash_add(h, p->index, (size_t)p->n_worker * (size_t)p->n_each * sizeof(*p->index));
    hash_add(h, counts, sizeof(counts));
    hash_end(h, p->sha256);
    return 0;
}

void partition_close(struct partition *p)
{
    free(p->index);
    memset(p, 0, sizeof(*p));
}

void partition_histogram(const struct partition *p, const int32_t *y, int n_class, int *count)
{
    memset(count, 0, (size_t)p->n_worker * (size_t)n_class * sizeof(*count));
    for (int j = 0; j < p->n_worker; j++)
        for (int i = 0; i < p->n_each; i++)
            count[j * n_class + y[p->index[j * p->n_each + i]]]++;
}

double partition_heterogeneity(const struct partition *p, const int32_t *y, int n, int n_class)
{
    int *count = xcalloc((size_t)p->n_worker * (size_t)n_class, sizeof(*count));
    int *all = xcalloc((size_t)n_class, sizeof(*all));
    double sum = 0;
    partition_histogram(p, y, n_class, count);
    for (int i = 0; i < n; i++)
        all[y[i]]++;
    for (int j = 0; j < p->n_worker; j++)
        for (int k = 0; k < n_class; k++)
            sum += 0.5 * fabs((double)count[j * n_class + k] / p->n_each - (double)all[k] / n);
    free(count);
    free(all);
    return sum / p->n_worker;
}

/* A file whose text is in memory, and its end: the file is replaced by it. */
static FILE *text_open(char **text, size_t *n)
{
    FILE *f = open_memstream(text, n);
    if (!f)
        die("out of memory for the text of a partition");
    return f;
}

static int text_save(FILE *f, char **text, size_t *n, const char *path, struct err *e)
{
    fclose(f);
    int status = file_replace(path, *text, *n, e);
    free(*text);
    return status;
}

int partition_save(const struct partition *p, const char *path, struct err *e)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = text_open(&text, &n);
    fputs("worker,index\n", f);
    for (int j = 0; j < p->n_worker; j++)
        for (int i = 0; i < p->n_each; i++)
            fprintf(f, "%d,%d\n", j, (int)p->index[j * p->n_each + i]);
    return text_save(f, &text, &n, path, e);
}

int partition_save_histogram(const struct partition *p, const int32_t *y, int n_class,
                             const char *path, struct err *e)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = text_open(&text, &n);
    int *count = xcalloc((size_t)p->n_worker * (size_t)n_class, sizeof(*count));
    partition_histogram(p, y, n_class, count);
    fputs("worker,class,count\n", f);
    for (int i = 0; i < p->n_worker * n_class; i++)
        if (count[i])
            fprintf(f, "%d,%d,%d\n", i / n_class, i % n_class, count[i]);
    free(count);
    return text_save(f, &text, &n, path, e);
}
