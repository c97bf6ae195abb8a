/* test_partition: every kind of partition, against its definition and the oracle's expectations. */
#include "core/npz.h"
#include "partitions/partitions.h"
#include "tests/check.h"
#include "tests/temp.h"
#include <stdlib.h>

enum { N = 50000, N_CLASS = 10 };

/* Ten balanced classes in turn, so that the labels are not sorted. */
static int32_t *labels(int n)
{
    int32_t *y = xcalloc((size_t)n, sizeof(*y));
    for (int i = 0; i < n; i++)
        y[i] = i % N_CLASS;
    return y;
}

static struct partition make(const char *kind, int n_worker, double alpha, uint64_t seed, int n)
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

/* Equal chunks, as large as possible, and no sample twice. */
static void check_valid(const struct partition *p, int n_worker, int n)
{
    char *seen = xcalloc((size_t)n, 1);
    assert_int_equal(p->n_worker, n_worker);
    assert_int_equal(p->n_each, n / n_worker);
    for (int i = 0; i < p->n_worker * p->n_each; i++) {
        assert_in_range(p->index[i], 0, n - 1);
        assert_int_equal(seen[p->index[i]]++, 0);
    }
    free(seen);
}

static void every_sample_at_most_once(void **state)
{
    (void)state;
    static const char *const drawn[] = {"iid", "sorted",   "dirichlet",
                                        "hsu", "shards-3", "feature-skew"};
    static const int workers[] = {1, 2, 3, 7, 10, 11, 16, 23, 32, 48};
    for (size_t k = 0; k < LENGTH(drawn); k++)
        for (size_t w = 0; w < LENGTH(workers); w++)
            for (int n = 1003; n < 6000; n += 4500) {
                struct partition p = make(drawn[k], workers[w], 0.3, w, n);
                check_valid(&p, workers[w], n);
                partition_close(&p);
            }
}

static double mean_heterogeneity(const char *kind, int n_worker, double alpha)
{
    enum { SEEDS = 10 };
    double sum = 0;
    int32_t *y = labels(N);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct partition p = make(kind, n_worker, alpha, seed, N);
        sum += partition_heterogeneity(&p, y, N, N_CLASS) / SEEDS;
        partition_close(&p);
    }
    free(y);
    return sum;
}

/* The numbers of the oracle (design/protocol.md), mean over ten seeds. */
static void heterogeneity_is_as_published(void **state)
{
    (void)state;
    check_close(mean_heterogeneity("dirichlet", 16, 10), 0.135, 0.03);
    check_close(mean_heterogeneity("dirichlet", 16, 1), 0.38, 0.03);
    check_close(mean_heterogeneity("dirichlet", 16, 0.1), 0.66, 0.03);
    check_close(mean_heterogeneity("dirichlet", 16, 0.01), 0.79, 0.03);
    check_close(mean_heterogeneity("iid", 16, 0), 0.02, 0.01);
    check_close(mean_heterogeneity("sorted", 10, 0), 0.9, 1e-12);
}

static void heterogeneity_of_known_cases(void **state)
{
    (void)state;
    const int32_t y[] = {0, 0, 1, 1, 0, 1};
    int32_t apart[] = {0, 1, 4, 2, 3, 5}, mixed[] = {0, 2, 1, 3};
    struct partition p = {.n_worker = 2, .n_each = 3, .index = apart};
    check_close(partition_heterogeneity(&p, y, 6, 2), 0.5, 1e-15);
    int count[4];
    partition_histogram(&p, y, 2, count);
    assert_int_equal(count[0], 3);
    assert_int_equal(count[1], 0);
    assert_int_equal(count[2], 0);
    assert_int_equal(count[3], 3);
    p = (struct partition){.n_worker = 2, .n_each = 2, .index = mixed};
    check_close(partition_heterogeneity(&p, y, 6, 2), 0, 1e-15);
}

static void sorted_is_by_label_then_by_file(void **state)
{
    (void)state;
    struct partition p = make("sorted", 10, 0, 1, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(p.index[i], i % 10 * 10 + i / 10);
    partition_close(&p);
}

static void seeds_and_only_seeds_matter(void **state)
{
    (void)state;
    static const char *const drawn[] = {"iid", "dirichlet", "hsu", "shards-2"};
    for (size_t k = 0; k < LENGTH(drawn); k++) {
        struct partition a = make(drawn[k], 16, 0.1, 7, 5000), b = make(drawn[k], 16, 0.1, 7, 5000);
        struct partition c = make(drawn[k], 16, 0.1, 8, 5000);
        size_t size = (size_t)(a.n_worker * a.n_each) * sizeof(*a.index);
        assert_memory_equal(a.index, b.index, size);
        assert_string_equal(a.sha256, b.sha256);
        assert_memory_not_equal(a.index, c.index, size);
        assert_string_not_equal(a.sha256, c.sha256);
        partition_close(&a);
        partition_close(&b);
        partition_close(&c);
    }
}

/* At an alpha where a plain Gamma draw underflows to 0/0. */
static void tiny_alpha_is_no_nan(void **state)
{
    (void)state;
    struct partition p = make("dirichlet", 8, 1e-6, 1, 5000);
    check_valid(&p, 8, 5000);
    int32_t *y = labels(5000);
    check_close(partition_heterogeneity(&p, y, 5000, N_CLASS), 0.8, 0.05);
    free(y);
    partition_close(&p);
}

/* Every class goes to one of two workers.  The one with the first class then has its whole share,
 * so the other two classes go to the other. */
static void full_workers_get_no_more(void **state)
{
    (void)state;
    int32_t y[1000];
    for (int i = 0; i < 1000; i++)
        y[i] = i < 500 ? 0 : i < 800 ? 1 : 2;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct partition p;
        struct err e = {0};
        struct partition_request q = {
            .kind = "dirichlet", .parameter = &(union value){1e-6}, .n_worker = 2, .seed = seed};
        assert_int_equal(partition_open(&p, &q, y, 1000, 3, &e), 0);
        check_close(partition_heterogeneity(&p, y, 1000, 3), 0.5, 1e-12);
        partition_close(&p);
    }
}

/* The first worker, for whom no class runs out, draws its share of class 0 from
 *   Beta(alpha p_0, alpha (1 - p_0))
 * and counts it in n_each draws, so that it has
 *   mean      p_0
 *   variance  p_0 (1 - p_0) (1 + alpha / n_each) / (alpha + 1) */
static void hsu_draws_each_worker_a_mix(void **state)
{
    (void)state;
    enum { SAMPLES = 4000, WORKERS = 40, SEEDS = 4000 };
    static const double alphas[] = {0.5, 4};
    int32_t *y = xcalloc(SAMPLES, sizeof(*y));
    for (int i = 0; i < SAMPLES; i++)
        y[i] = i % 5 < 3 ? 0 : i % 5 - 2; /* shares 3/5, 1/5, 1/5 */
    for (size_t a = 0; a < LENGTH(alphas); a++) {
        double sum = 0, square = 0, each = (double)SAMPLES / WORKERS;
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct partition p;
            struct err e = {0};
            struct partition_request q = {.kind = "hsu",
                                          .parameter = &(union value){alphas[a]},
                                          .n_worker = WORKERS,
                                          .seed = seed};
            int count[WORKERS * 3];
            assert_int_equal(partition_open(&p, &q, y, SAMPLES, 3, &e), 0);
            partition_histogram(&p, y, 3, count);
            double share = count[0] / each;
            sum += share / SEEDS, square += share * share / SEEDS;
            partition_close(&p);
        }
        check_close(sum, 0.6, 0.025);
        check_close((square - sum * sum) / (0.24 * (1 + alphas[a] / each) / (alphas[a] + 1)), 1,
                    0.08);
    }
    free(y);
}

/* At a tiny alpha a worker has one class until it runs out; none is lost on the way, and classes
 * without samples do no harm. */
static void hsu_goes_on_when_a_class_runs_out(void **state)
{
    (void)state;
    int32_t y[100], whole = 0;
    for (int i = 0; i < 100; i++)
        y[i] = i % 2 ? 1 : 3; /* of classes 0 .. 3 */
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct partition p;
        struct err e = {0};
        struct partition_request q = {
            .kind = "hsu", .parameter = &(union value){1e-6}, .n_worker = 4, .seed = seed};
        int count[16];
        assert_int_equal(partition_open(&p, &q, y, 100, 4, &e), 0);
        check_valid(&p, 4, 100);
        partition_histogram(&p, y, 4, count);
        for (int j = 0; j < 4; j++)
            whole += count[4 * j + 1] == 25 || count[4 * j + 3] == 25;
        partition_close(&p);
    }
    assert_int_equal(whole, 200); /* 25 divides both classes' 50, so that all are pure */
}

/* From almost iid at a large alpha to almost one class each at a tiny one. */
static void hsu_runs_from_even_to_one_class(void **state)
{
    (void)state;
    double even = mean_heterogeneity("hsu", 16, 1e6), odd = mean_heterogeneity("hsu", 16, 1e-6);
    check_close(even, 0.02, 0.01);
    assert_true(odd > 0.8);
    for (double alpha = 0.1; alpha < 20; alpha *= 10)
        assert_true(mean_heterogeneity("hsu", 16, alpha) < odd &&
                    mean_heterogeneity("hsu", 16, alpha) > even);
}

/* 3 workers of 2 shards of 4 among 26 samples: a shard is a run of the sorted samples, dealt once;
 * the last two samples of the last class are unused. */
static void shards_are_runs_of_sorted_samples(void **state)
{
    (void)state;
    int32_t y[26], sorted[26];
    int n = 0, orders = 0, used[6] = {0};
    for (int i = 0; i < 26; i++)
        y[i] = i * 7 % 5;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < 26; i++)
            if (y[i] == k)
                sorted[n++] = i;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct partition p;
        struct err e = {0};
        struct partition_request q = {.kind = "shards-2", .n_worker = 3, .seed = seed};
        assert_int_equal(partition_open(&p, &q, y, 26, 5, &e), 0);
        assert_int_equal(p.n_each, 8);
        for (int s = 0; s < 6; s++) {
            int from = 0;
            while (from < 6 && sorted[4 * from] != p.index[4 * s])
                from++;
            assert_true(from < 6);
            assert_memory_equal(p.index + 4 * s, sorted + 4 * from, 4 * sizeof(*sorted));
            used[from]++, orders += from != s;
        }
        partition_close(&p);
    }
    for (int s = 0; s < 6; s++)
        assert_int_equal(used[s], 20);
    assert_true(orders > 60); /* dealt at random, not in order */
}

/* 4 workers with 9 shards each of 100 sorted samples of 10 classes: each has 25 samples, in shards
 * of 2 and 3, and all are used; of 102 samples, the last two of the last class are left. */
static void shards_leave_less_than_one_sample_a_worker(void **state)
{
    (void)state;
    for (int n = 100; n <= 102; n += 2) {
        struct partition p = make("shards-9", 4, 0, 1, n);
        int32_t *y = labels(n);
        int unused[N_CLASS];
        check_valid(&p, 4, n);
        assert_int_equal(partition_unused(&p, y, n, N_CLASS, unused), n - 100);
        for (int k = 0; k < N_CLASS; k++)
            assert_int_equal(unused[k], k == N_CLASS - 1 ? n - 100 : 0);
        free(y);
        partition_close(&p);
    }
}

static void unused_samples_are_named(void **state)
{
    (void)state;
    const int32_t y[] = {2, 0, 1, 2, 2, 0};
    int32_t some[] = {1, 2}, all[] = {5, 4, 3, 2, 1, 0};
    struct partition p = {.n_worker = 2, .n_each = 1, .index = some};
    int unused[3];
    char text[256] = "";
    FILE *f = fmemopen(text, sizeof(text), "w");
    assert_int_equal(partition_unused(&p, y, 6, 3, unused), 4);
    assert_int_equal(unused[0], 1), assert_int_equal(unused[1], 0), assert_int_equal(unused[2], 3);
    partition_print_unused(f, &p, y, 6, 3);
    fflush(f);
    assert_string_equal(text, "no worker holds 4 of the 6 samples: 1 of class 0, 3 of class 2\n");
    p = (struct partition){.n_worker = 3, .n_each = 2, .index = all};
    assert_int_equal(partition_unused(&p, y, 6, 3, unused), 0);
    rewind(f), partition_print_unused(f, &p, y, 6, 3);
    assert_int_equal(ftell(f), 0);
    fclose(f);
}

/* If the number of classes divides that of the shards, k shards hold at most k classes. */
static void shards_limit_the_classes_of_a_worker(void **state)
{
    (void)state;
    struct partition p = make("shards-2", 100, 0, 1, N);
    int32_t *y = labels(N);
    int *count = xcalloc(100 * N_CLASS, sizeof(*count)), two = 0;
    check_valid(&p, 100, N);
    partition_histogram(&p, y, N_CLASS, count);
    for (int j = 0; j < 100; j++) {
        int classes = 0;
        for (int k = 0; k < N_CLASS; k++)
            classes += count[j * N_CLASS + k] > 0;
        assert_in_range(classes, 1, 2);
        two += classes == 2;
    }
    assert_in_range(two, 80, 99);
    free(count), free(y);
    partition_close(&p);
}

static int refuse(const struct partition_request *q, int n, int n_class, struct err *e)
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

static void bad_requests_are_refused(void **state)
{
    (void)state;
    struct err e;
    assert_true(refuse(&(struct partition_request){.kind = "idd", .n_worker = 2}, 10, 2, &e));
    check_says(e,
               "unknown partition 'idd' (did you mean 'iid'?); known: iid, sorted, dirichlet, hsu, "
               "shards-<k>, quantity-skew, feature-skew, file");
    assert_true(refuse(&(struct partition_request){.kind = "iid", .n_worker = 0}, 10, 2, &e));
    check_says(e, "the number of workers is 0, but must be 1 or more");
    assert_true(refuse(&(struct partition_request){.kind = "iid", .n_worker = 11}, 10, 2, &e));
    check_says(e, "10 samples are too few for 11 workers");
    static const double alphas[] = {0, -1, 1e-7, 1e7, NAN, INFINITY};
    for (size_t i = 0; i < LENGTH(alphas); i++) {
        struct partition_request q = {
            .kind = "dirichlet", .n_worker = 2, .parameter = &(union value){alphas[i]}};
        assert_true(refuse(&q, 10, 2, &e));
        check_says(e, "but dirichlet needs 1e-06 to 1e+06");
    }
    struct partition_request zero = {.kind = "hsu", .n_worker = 2, .parameter = &(union value){0}};
    assert_true(refuse(&zero, 10, 2, &e));
    check_says(e, "alpha is 0, but hsu needs 1e-06 to 1e+06");
    static const char *const shards[] = {"shards-",   "shards-0",   "shards--2",      "shards-2x",
                                         "shards- 2", "shards-<k>", "shards-1000000", "shards-1.5"};
    for (size_t i = 0; i < LENGTH(shards); i++) {
        assert_true(
            refuse(&(struct partition_request){.kind = shards[i], .n_worker = 2}, 10, 2, &e));
        check_says(e, shards[i]);
        check_says(e, "must be a whole number from 1 to 999999, as in shards-2");
    }
    assert_true(refuse(&(struct partition_request){.kind = "shard-2", .n_worker = 2}, 10, 2, &e));
    check_says(e, "did you mean 'shards-<k>'?");
    assert_true(refuse(&(struct partition_request){.kind = "shards-4", .n_worker = 3}, 10, 2, &e));
    check_says(e, "shards-4 cuts the samples into 12 shards for 3 workers, but there are only 10 "
                  "samples; use shards-3 or less");
    assert_true(refuse(&(struct partition_request){.kind = "file", .n_worker = 2}, 10, 2, &e));
    check_says(e, "needs the name of a file");
    /* two classes cannot give ten workers half a share each when a class goes to one worker */
    struct partition_request q = {
        .kind = "dirichlet", .n_worker = 10, .parameter = &(union value){1e-5}};
    assert_true(refuse(&q, 1000, 2, &e));
    check_says(e, "in each of 100000 draws with alpha 1e-05 a worker got less than half");
}

/* 4 of a worker's ten samples are samples 0, 2, 5, 7; of three, all three. */
static void samples_to_show_are_spread_evenly(void **state)
{
    (void)state;
    int32_t index[20], sample[4];
    struct partition p = {.n_worker = 2, .n_each = 10, .index = index};
    for (int i = 0; i < 20; i++)
        index[i] = 100 + i;
    assert_int_equal(partition_spread(&p, 1, 4, sample), 4);
    assert_memory_equal(sample, ((const int32_t[]){110, 112, 115, 117}), sizeof(sample));
    p.n_each = 3;
    assert_int_equal(partition_spread(&p, 1, 4, sample), 3);
    assert_memory_equal(sample, ((const int32_t[]){103, 104, 105}), 3 * sizeof(*sample));
}

/* Every kind has a description, and accepts its own initial values. */
static void every_kind_is_made_with_its_initial_values(void **state)
{
    (void)state;
    int32_t *y = labels(1000);
    for (size_t i = 0; i < n_partition; i++) {
        const struct partition_kind *k = partition_registry[i].item;
        const char *name = k == &partition_shards ? "shards-2" : partition_registry[i].name;
        union value value[MAX_PARAMETER];
        struct partition p, again;
        struct err e = {0};
        assert_true(k->about && k->make && partition_find(name, &e) == k);
        parameter_defaults(k->parameter, value);
        struct partition_request q = {.kind = name, .n_worker = 4, .seed = 1};
        if (k == &partition_file) {
            assert_int_equal(partition_open(&p, &q, y, 1000, N_CLASS, &e), -1);
            check_says(e, "needs the name of a file");
            continue;
        }
        assert_int_equal(partition_open(&p, &q, y, 1000, N_CLASS, &e), 0);
        q.parameter = value;
        assert_int_equal(partition_open(&again, &q, y, 1000, N_CLASS, &e), 0);
        assert_string_equal(p.sha256, again.sha256);
        partition_close(&p), partition_close(&again);
    }
    free(y);
}

/* The bits of every kind must stay what they were when results were made. */
static void bits_are_what_they_were(void **state)
{
    (void)state;
    static const char *const sum[][2] = {
        {"iid", "32537f9b7a637d8fec6fb8738147e90e03c60668d42a85bbbcac795f782e48a3"},
        {"sorted", "b13b1cca65f9966ee8c96780434a64f3e0b0bf07b7e8a108715b42936dd2e58c"},
        {"dirichlet", "73db85111bfe7f1d0273d34adee8c1b6caddb58043a0802691461f6d263b1088"},
        {"hsu", "e8bb0951c0a8b1f0c9acffd2cfa81322ffbbf1ab761d1e5a2e7cb8fce854a224"},
        {"shards-2", "711b13363914928a545765f8c41a16c1bd63d34c3ef51f56aae8a13271f31952"}};
    for (size_t i = 0; i < LENGTH(sum); i++) { /* shards-2 of equal size, as the paper's */
        struct partition p = make(sum[i][0], 7, 0.3, 1, sum[i][0][1] == 'h' ? 2002 : 2000);
        assert_string_equal(p.sha256, sum[i][1]);
        partition_close(&p);
    }
}

/* quantity-skew of n samples over 16 workers. */
static struct partition make_uneven(double alpha, double least, uint64_t seed, int n)
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

/* Every sample is used once, every worker has the minimum, and the shares are those of a Dirichlet
 * distribution: each of 16 has the variance 15/256 / (16 alpha + 1). */
static void quantities_are_skewed(void **state)
{
    (void)state;
    enum { SEEDS = 200, LEAST = 20, MANY = 16 * LEAST + 8000 };
    static const double alphas[] = {0.01, 0.5, 4};
    for (size_t a = 0; a < LENGTH(alphas); a++) {
        double square = 0;
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct partition p = make_uneven(alphas[a], LEAST, seed, MANY);
            char *seen = xcalloc(MANY, 1);
            assert_int_equal(partition_start(&p, 16), MANY);
            for (int i = 0; i < MANY; i++)
                assert_int_equal(seen[p.index[i]]++, 0);
            for (int j = 0; j < 16; j++) {
                assert_true(partition_size(&p, j) >= LEAST);
                square += pow((partition_size(&p, j) - LEAST) / 8000.0 - 1 / 16.0, 2);
            }
            free(seen);
            partition_close(&p);
        }
        double want = 15 / 256.0 / (16 * alphas[a] + 1);
        check_close(square / (16 * SEEDS) / want, 1, 0.15);
    }
    struct partition p = make_uneven(0.5, 10, 1, 160); /* nothing is left to draw */
    assert_int_equal(partition_size(&p, 0), 10);
    partition_close(&p);
    struct err e;
    const union value value[] = {{1}, {11}};
    struct partition_request q = {.kind = "quantity-skew", .parameter = value, .n_worker = 16};
    assert_true(refuse(&q, 160, 2, &e));
    check_says(e, "min_samples is 11, but 16 workers share 160 samples: lower it");
}

/* Noise of the variance feature_noise (j + 1) / n for worker j's images, always the same. */
static void noise_grows_with_the_worker(void **state)
{
    (void)state;
    enum { SIZE = 3072, MANY = 40 };
    struct partition p;
    struct err e;
    const union value value = {0.01};
    struct partition_request q = {
        .kind = "feature-skew", .parameter = &value, .n_worker = 4, .seed = 3};
    int32_t y[MANY] = {0};
    uint8_t *x = xcalloc(MANY, SIZE), *again = xcalloc(MANY, SIZE);
    memset(x, 127, MANY * SIZE), memset(again, 127, MANY * SIZE);
    assert_int_equal(partition_open(&p, &q, y, MANY - 1, 1, &e), 0);
    partition_alter(&p, &q, x, SIZE), partition_alter(&p, &q, again, SIZE);
    assert_memory_equal(x, again, MANY * SIZE);
    for (int j = 0; j < 4; j++) {
        double square = 0, sum = 0, n = 9.0 * SIZE;
        for (int i = partition_start(&p, j); i < partition_start(&p, j + 1); i++)
            for (int k = 0; k < SIZE; k++) {
                double d = (x[p.index[i] * SIZE + k] - 127) / 255.0;
                sum += d, square += d * d;
            }
        check_close(sum / n, 0, 3e-3);
        check_close(square / n / (0.01 * (j + 1) / 4), 1, 0.03);
    }
    assert_memory_not_equal(x + p.index[0] * SIZE, x + p.index[1] * SIZE, SIZE);
    assert_int_equal(x[(MANY - 1) * SIZE], 127); /* nobody's */
    free(x), free(again);
    partition_close(&p);
}

static void check_read_back(const struct partition *p)
{
    struct partition r;
    const char *path = temp_path("partition.csv");
    struct err e = {0};
    assert_int_equal(partition_save(p, path, &e), 0);
    int32_t *y = labels(1003);
    struct partition_request q = {
        .kind = "file", .parameter = &(union value){.text = path}, .n_worker = 16};
    assert_int_equal(partition_open(&r, &q, y, 1003, N_CLASS, &e), 0);
    assert_int_equal(r.n_each, p->n_each);
    assert_memory_equal(r.index, p->index, (size_t)partition_start(p, 16) * sizeof(*p->index));
    assert_string_equal(r.sha256, p->sha256);
    free(y);
    partition_close(&r);
}

static void written_files_are_read_back(void **state)
{
    (void)state;
    struct partition even = make("dirichlet", 16, 0.1, 3, 1003);
    struct partition uneven = make_uneven(0.3, 2, 1, 1003);
    check_read_back(&even), check_read_back(&uneven);
    partition_close(&even), partition_close(&uneven);
}

static const char *file_with(const char *text)
{
    const char *path = temp_path("rows.csv");
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static void rows_may_come_in_any_order(void **state)
{
    (void)state;
    static const char *const form[] = {"worker,index\r\n1,9\r\n0,3\r\n0,1\r\n1,0",
                                       "\xef\xbb\xbfworker,index\n1,9\n0,3\n0,1\n1,0\n\n\r\n",
                                       "\"worker\", Index\n1, 9\n0, 3\n0 ,1\n\"1\",0\n",
                                       "index,worker\n9,1\n3,0\n1,0\n0,1\n",
                                       ",worker,index\n0,1,9\n1,0,3\n2,0,1\n3,1,0\n"};
    const int32_t y[10] = {0}, want[] = {3, 1, 9, 0};
    struct partition p;
    for (size_t i = 0; i < LENGTH(form); i++) {
        struct err e = {.text = ""};
        struct partition_request q = {
            .kind = "file", .parameter = &(union value){.text = file_with(form[i])}, .n_worker = 2};
        if (partition_open(&p, &q, y, 10, 1, &e) < 0)
            fail_msg("%s", e.text);
        assert_int_equal(p.n_each, 2);
        assert_memory_equal(p.index, want, sizeof(want));
        partition_close(&p);
    }
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"", "row 1 is not \"worker,index\""},
        {"worker,index", "none of its 1 rows is for worker 0"},
        {"0,1\n1,2\n", "row 1 is not \"worker,index\""},
        {"worker;index\n0,1\n", "row 1 is not \"worker,index\""},
        {"worker,index\n", "none of its 1 rows is for worker 0"},
        {"worker,index\n0,1\n0,2\n", "none of its 3 rows is for worker 1 of 0 to 1"},
        {"worker,index\n0,1\n2,2\n", "row 3 names worker 2; the workers are 0 to 1"},
        {"worker,index\n0,1\n1,10\n", "row 3 names sample 10; the samples are 0 to 9"},
        {"worker,index\n0,1\n1,1\n", "row 3 names sample 1, which row 2 already has"},
        {"worker,index\n0,1\n-1,2\n", "row 3 is '-1','2', not a worker's and a sample's number"},
        {"worker,index\n0,1\n1,2.0\n", "row 3 is '1','2.0', not"},
        {"worker,index\n0,1\n\n1,2\n", "row 3, byte 17: 1 field, but 2 are expected"},
        {"worker,index\n0,1\n1,2,3\n", "row 3, byte 17: 3 fields, but 2 are expected"},
        {"worker,index\n0,1\n1", "row 3, byte 17: 1 field, but 2 are expected"},
        {"worker,index\n0,1\n1,", "row 3 is '1','', not"},
        {"worker,index\n0,1\n1,99999999999999999999999\n", "row 3 is '1','9999"},
    };
    struct err e;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        const char *path = file_with(bad[i][0]);
        struct partition_request q = {
            .kind = "file", .parameter = &(union value){.text = path}, .n_worker = 2};
        assert_false(refuse(&q, 10, 2, &e));
        check_says(e, bad[i][1]);
        check_says(e, path);
    }
    struct partition_request q = {
        .kind = "file", .parameter = &(union value){.text = temp_path("none.csv")}, .n_worker = 2};
    assert_false(refuse(&q, 10, 2, &e));
    check_says(e, "none.csv: cannot be read: No such file");
}

/* Two workers' lists of sample numbers as an archive, the second of the type given. */
static void archives_are_checked(void **state)
{
    (void)state;
    static const int64_t good[] = {7, 2}, again[] = {3, 7}, beyond[] = {3, 10}, below[] = {-1, 3};
    static const double broken[] = {1.5, 3};
    static const struct {
        const void *second;
        const char *type, *says;
    } bad[] = {
        {again, "i8", "worker1[1] is sample 7, which worker 0 already has"},
        {beyond, "i8", "worker1[1] is 10; the samples are 0 to 9"},
        {below, "i8", "worker1[0] is -1; the samples are 0 to 9"},
        {broken, "f8", "worker1 must be a list of whole numbers, one or more"},
    };
    size_t n = 2;
    struct err e;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct npz z = {0};
        const char *path = temp_path("split.npz");
        npz_add(&z, "worker0", "i8", 1, &n, good);
        npz_add(&z, "worker1", bad[i].type, 1, &n, bad[i].second);
        assert_int_equal(npz_write(&z, path, &e), 0);
        npz_close(&z);
        struct partition_request q = {
            .kind = "file", .parameter = &(union value){.text = path}, .n_worker = 2};
        assert_false(refuse(&q, 10, 2, &e));
        check_says(e, bad[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(archives_are_checked),
        cmocka_unit_test(every_sample_at_most_once),
        cmocka_unit_test(heterogeneity_is_as_published),
        cmocka_unit_test(heterogeneity_of_known_cases),
        cmocka_unit_test(sorted_is_by_label_then_by_file),
        cmocka_unit_test(seeds_and_only_seeds_matter),
        cmocka_unit_test(tiny_alpha_is_no_nan),
        cmocka_unit_test(full_workers_get_no_more),
        cmocka_unit_test(hsu_draws_each_worker_a_mix),
        cmocka_unit_test(hsu_goes_on_when_a_class_runs_out),
        cmocka_unit_test(hsu_runs_from_even_to_one_class),
        cmocka_unit_test(shards_are_runs_of_sorted_samples),
        cmocka_unit_test(shards_leave_less_than_one_sample_a_worker),
        cmocka_unit_test(unused_samples_are_named),
        cmocka_unit_test(shards_limit_the_classes_of_a_worker),
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(samples_to_show_are_spread_evenly),
        cmocka_unit_test(every_kind_is_made_with_its_initial_values),
        cmocka_unit_test(bits_are_what_they_were),
        cmocka_unit_test(quantities_are_skewed),
        cmocka_unit_test(noise_grows_with_the_worker),
        cmocka_unit_test(written_files_are_read_back),
        cmocka_unit_test(rows_may_come_in_any_order),
        cmocka_unit_test(bad_files_are_refused),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
