/* partition: what all kinds share: checks, hash, measures, output. */
#include "partitions/partition.h"
#include "core/text.h"
#include "partitions/partitions.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "hashes are of little-endian numbers");

/* Values outside their limits are refused, and so is NaN. */
static int check_parameters(const struct partition_kind *k, const struct partition_request *q,
                            struct err *e)
{
    for (int i = 0; i < parameter_count(k->parameter); i++) {
        const struct parameter *is = &k->parameter[i];
        double v = q->parameter[i].number;
        if (is->type != FILE_PATH && !(v >= is->min && v <= is->max))
            return err_usage(e, "partition: %s is %g, but %s needs %g to %g", is->name, v, q->kind,
                             is->min, is->max);
    }
    return 0;
}

/* Fill p->index as the kind does, with its initial values if the request has none. */
static int make(struct partition *p, const struct partition_kind *k,
                const struct partition_request *q, const struct labels *l, struct err *e)
{
    struct partition_request full = *q;
    union value initial[MAX_PARAMETER];
    if (!full.parameter) {
        parameter_defaults(k->parameter, initial);
        full.parameter = initial;
    }
    return check_parameters(k, &full, e) ? -1 : k->make(p, &full, l, e);
}

int partition_open(struct partition *p, const struct partition_request *q, const int32_t *y, int n,
                   int n_class, struct err *e)
{
    memset(p, 0, sizeof(*p));
    const struct partition_kind *k = partition_find(q->kind, e);
    if (!k)
        return -1;
    if (q->n_worker < 1)
        return err_usage(e, "partition: the number of workers is %d, but must be 1 or more",
                         q->n_worker);
    if (n < q->n_worker)
        return err_usage(e, "partition: %d samples are too few for %d workers", n, q->n_worker);
    for (int i = 0; i < n; i++)
        CHECK(y[i] >= 0 && y[i] < n_class);
    p->n_worker = q->n_worker;
    p->n_each = n / q->n_worker;
    p->index = xcalloc((size_t)n, sizeof(*p->index));
    if (make(p, k, q, &(struct labels){y, n, n_class}, e)) {
        partition_close(p);
        return -1;
    }
    const int32_t counts[2] = {p->n_worker, p->n_each};
    struct hash *h = hash_begin();
    hash_add(h, p->index, (size_t)partition_start(p, p->n_worker) * sizeof(*p->index));
    if (p->start)
        hash_add(h, p->start, (size_t)(p->n_worker + 1) * sizeof(*p->start));
    hash_add(h, counts, sizeof(counts));
    hash_end(h, p->sha256);
    return 0;
}

void partition_close(struct partition *p)
{
    free(p->index), free(p->start);
    memset(p, 0, sizeof(*p));
}

void partition_alter(const struct partition *p, const struct partition_request *q, uint8_t *x,
                     size_t size)
{
    struct err e;
    const struct partition_kind *k = partition_find(q->kind, &e);
    for (int j = 0; j < p->n_worker && k->alter; j++)
        for (int i = partition_start(p, j); i < partition_start(p, j + 1); i++)
            k->alter(q, j, p->index[i], x + (size_t)p->index[i] * size, size);
}

void partition_sizes(const struct partition *p, int *least, int *most)
{
    *least = *most = partition_size(p, 0);
    for (int j = 1; j < p->n_worker; j++) {
        int n = partition_size(p, j);
        *least = n < *least ? n : *least, *most = n > *most ? n : *most;
    }
}

const char *partition_size_words(const struct partition *p, char *buf, size_t size)
{
    int least, most;
    partition_sizes(p, &least, &most);
    snprintf(buf, size, least == most ? "%d" : "%d to %d", least, most);
    return buf;
}

void partition_histogram(const struct partition *p, const int32_t *y, int n_class, int *count)
{
    memset(count, 0, (size_t)p->n_worker * (size_t)n_class * sizeof(*count));
    for (int j = 0; j < p->n_worker; j++)
        for (int i = partition_start(p, j); i < partition_start(p, j + 1); i++)
            count[j * n_class + y[p->index[i]]]++;
}

int partition_unused(const struct partition *p, const int32_t *y, int n, int n_class, int *unused)
{
    memset(unused, 0, (size_t)n_class * sizeof(*unused));
    for (int i = 0; i < n; i++)
        unused[y[i]]++;
    int n_used = partition_start(p, p->n_worker);
    for (int i = 0; i < n_used; i++)
        unused[y[p->index[i]]]--;
    return n - n_used;
}

void partition_print_unused(FILE *f, const struct partition *p, const int32_t *y, int n,
                            int n_class)
{
    enum { MOST = 12 };
    int *unused = xcalloc((size_t)n_class, sizeof(*unused)), n_named = 0;
    int rest = partition_unused(p, y, n, n_class, unused);
    if (rest > 0)
        fprintf(f, "no worker holds %d of the %d samples:", rest, n);
    for (int k = 0; k < n_class && rest > 0; k++)
        if (unused[k] && n_named++ < MOST) {
            rest -= unused[k];
            fprintf(f, " %d of class %d%s", unused[k], k, rest ? "," : "\n");
        }
    if (rest > 0)
        fprintf(f, " %d of %d others\n", rest, n_named - MOST);
    free(unused);
}

int partition_spread(const struct partition *p, int worker, int n, int32_t *sample)
{
    int held = partition_size(p, worker), start = partition_start(p, worker);
    n = n < held ? n : held;
    for (long k = 0; k < n; k++)
        sample[k] = p->index[start + k * held / n];
    return n;
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
            sum += 0.5 *
                   fabs((double)count[j * n_class + k] / partition_size(p, j) - (double)all[k] / n);
    free(count);
    free(all);
    return sum / p->n_worker;
}

int partition_save(const struct partition *p, const char *path, struct err *e)
{
    struct text text;
    FILE *f = text_open(&text);
    fputs("worker,index\n", f);
    for (int j = 0; j < p->n_worker; j++)
        for (int i = partition_start(p, j); i < partition_start(p, j + 1); i++)
            fprintf(f, "%d,%d\n", j, (int)p->index[i]);
    return text_save(&text, path, e);
}

int partition_save_histogram(const struct partition *p, const int32_t *y, int n_class,
                             const char *path, struct err *e)
{
    struct text text;
    FILE *f = text_open(&text);
    int *count = xcalloc((size_t)p->n_worker * (size_t)n_class, sizeof(*count));
    partition_histogram(p, y, n_class, count);
    fputs("worker,class,count\n", f);
    for (int i = 0; i < p->n_worker * n_class; i++)
        if (count[i])
            fprintf(f, "%d,%d,%d\n", i / n_class, i % n_class, count[i]);
    free(count);
    return text_save(&text, path, e);
}
