/* test_partition: what all kinds of partitions have in common, and measures of them. */
#include "tests/parts.h"

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

/* With the initial values, whether they are given or not, a kind gives every worker some of its own,
 * and for the same seed the same; samples are 1003. */
static void check_kind(const struct partition_kind *k, const char *name, int n_worker)
{
    enum { N_SAMPLE = 1003 };
    int32_t *y = labels(N_SAMPLE);
    union value value[MAX_PARAMETER];
    struct partition p, again;
    struct err e = {0};
    struct partition_request q = {.kind = name, .n_worker = n_worker, .seed = 1};
    parameter_defaults(k->parameter, value);
    if (partition_open(&p, &q, y, N_SAMPLE, N_CLASS, &e))
        fail_msg("%s", e.text);
    check_held_once(&p, N_SAMPLE);
    q.parameter = value;
    assert_int_equal(partition_open(&again, &q, y, N_SAMPLE, N_CLASS, &e), 0);
    assert_string_equal(p.sha256, again.sha256);
    partition_close(&p), partition_close(&again);
    free(y);
}

static void every_kind_keeps_the_contract(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_partition; i++) {
        const struct partition_kind *k = partition_registry[i].item;
        const char *pattern = partition_registry[i].name;
        char name[64]; /* with 2 for the number, if it has a place for one */
        int fixed = (int)strcspn(pattern, "<");
        struct err e = {0};
        snprintf(name, sizeof(name), "%.*s%s", fixed, pattern, pattern[fixed] ? "2" : "");
        check_at(name, 0);
        assert_true(k->about && k->make && partition_find(name, &e) == k);
        if (k == &partition_file) {
            assert_true(
                refuse(&(struct partition_request){.kind = name, .n_worker = 4}, 1000, 10, &e));
            check_says(e, "needs the name of a file");
            continue;
        }
        for (int n_worker = 1; n_worker <= 16; n_worker += 5) {
            check_at(name, n_worker);
            check_kind(k, name, n_worker);
        }
    }
    check_at(NULL, 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_at_most_once),
        cmocka_unit_test(seeds_and_only_seeds_matter),
        cmocka_unit_test(unused_samples_are_named),
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(samples_to_show_are_spread_evenly),
        cmocka_unit_test_teardown(every_kind_keeps_the_contract, check_tell),
        cmocka_unit_test(bits_are_what_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
