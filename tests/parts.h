/* parts: shared by the tests of partitions: making them, and requests that must be refused. */
#pragma once
#include "partitions/partitions.h"
#include "tests/check.h"
#include <stdlib.h>

enum { N = 50000, N_CLASS = 10 };

/* Ten balanced classes in turn, so that the labels are not sorted. */
static inline int32_t *labels(int n)
{
    int32_t *y = xcalloc((size_t)n, sizeof(*y));
    for (int i = 0; i < n; i++)
        y[i] = i % N_CLASS;
    return y;
}

static inline struct partition make(const char *kind, int n_worker, double alpha, uint64_t seed,
                                    int n)
{
    struct partition p;
    struct err e = {0};
    int32_t *y = labels(n);
    struct partition_request q = {
        .kind = kind, .parameter = &(union value){alpha}, .n_worker = n_worker, .seed = seed};
    if (partition_open(&p, &q, y, n, N_CLASS, &e))
        fail_msg("%s", e.text);
    free(y);
    return p;
}

/* Some of n samples for every worker, none twice. */
static inline void check_held_once(const struct partition *p, int n)
{
    char *seen = xcalloc((size_t)n, 1);
    assert_int_equal(partition_start(p, 0), 0);
    for (int j = 0; j < p->n_worker; j++)
        assert_true(partition_size(p, j) >= 1);
    assert_true(partition_start(p, p->n_worker) <= n);
    for (int i = 0; i < partition_start(p, p->n_worker); i++) {
        assert_in_range(p->index[i], 0, n - 1);
        assert_int_equal(seen[p->index[i]]++, 0);
    }
    free(seen);
}

/* Equal chunks, as large as possible, and no sample twice. */
static inline void check_valid(const struct partition *p, int n_worker, int n)
{
    assert_int_equal(p->n_worker, n_worker);
    assert_int_equal(p->n_each, n / n_worker);
    check_held_once(p, n);
}

static inline int refuse(const struct partition_request *q, int n, int n_class, struct err *e)
{
    struct partition p;
    int32_t *y = xcalloc((size_t)n, sizeof(*y));
    for (int i = 0; i < n; i++)
        y[i] = i % n_class;
    memset(e, 0, sizeof(*e));
    assert_int_equal(partition_open(&p, q, y, n, n_class, e), -1);
    assert_null(p.index);
    free(y);
    return e->usage;
}

/* quantity-skew of n samples over 16 workers. */
static inline struct partition make_uneven(double alpha, double least, uint64_t seed, int n)
{
    struct partition p;
    struct err e = {0};
    int32_t *y = labels(n);
    const union value value[] = {{alpha}, {least}};
    struct partition_request q = {
        .kind = "quantity-skew", .parameter = value, .n_worker = 16, .seed = seed};
    if (partition_open(&p, &q, y, n, N_CLASS, &e))
        fail_msg("%s", e.text);
    free(y);
    return p;
}
