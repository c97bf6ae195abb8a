/* test_partition_kinds: single kinds of partitions against their definitions. */
#include "tests/parts.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heterogeneity_is_as_published),
        cmocka_unit_test(heterogeneity_of_known_cases),
        cmocka_unit_test(sorted_is_by_label_then_by_file),
        cmocka_unit_test(tiny_alpha_is_no_nan),
        cmocka_unit_test(full_workers_get_no_more),
        cmocka_unit_test(hsu_draws_each_worker_a_mix),
        cmocka_unit_test(hsu_goes_on_when_a_class_runs_out),
        cmocka_unit_test(hsu_runs_from_even_to_one_class),
        cmocka_unit_test(shards_are_runs_of_sorted_samples),
        cmocka_unit_test(shards_leave_less_than_one_sample_a_worker),
        cmocka_unit_test(shards_limit_the_classes_of_a_worker),
        cmocka_unit_test(quantities_are_skewed),
        cmocka_unit_test(noise_grows_with_the_worker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
