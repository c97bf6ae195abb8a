/* core: random streams (known answers and moments), registry, hash, files, memory, workers, and the
 * comparison that all tests rest on. */
#include "core/core.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/path.h"
#include "core/random.h"
#include "core/registry.h"
#include "core/sums.h"
#include "core/worker.h"

#include "tests/check.h"
#include "tests/temp.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct random stream(uint64_t seed, enum random_purpose purpose, uint32_t worker,
                            uint32_t step)
{
    struct random r;
    random_init(&r, seed, purpose, worker, step);
    return r;
}

/* Random123's kat_vectors, philox4x32 10 rounds. */
static void philox_gives_the_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], want[4];
    } kat[] = {
        {{0}, {0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t k = 0; k < LENGTH(kat); k++) {
        struct random r = stream(0, RANDOM_TEST, 0, 0);
        memcpy(r.counter, kat[k].counter, sizeof(r.counter));
        memcpy(r.key, kat[k].key, sizeof(r.key));
        for (int i = 0; i < 4; i++)
            assert_int_equal(random_u32(&r), kat[k].want[i]);
    }
    struct random zero = stream(0, (enum random_purpose)0, 0, 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(random_u32(&zero), kat[0].want[i]);
}

static void streams_differ_by_each_part_of_their_name(void **state)
{
    (void)state;
    struct random r[] = {
        stream(5, RANDOM_TEST, 3, 2), stream(6, RANDOM_TEST, 3, 2),
        stream(5, RANDOM_INIT, 3, 2), stream(5, RANDOM_TEST, 4, 2),
        stream(5, RANDOM_TEST, 3, 3), stream(5 + (UINT64_C(1) << 32), RANDOM_TEST, 3, 2),
        stream(5, RANDOM_TEST, 2, 3),
    };
    uint32_t word[LENGTH(r)][100];
    for (size_t i = 0; i < LENGTH(r); i++)
        for (int k = 0; k < 100; k++)
            word[i][k] = random_u32(&r[i]);
    for (size_t i = 0; i < LENGTH(r); i++)
        for (size_t j = 0; j < i; j++)
            for (int k = 0; k < 100; k++)
                assert_int_not_equal(word[i][k], word[j][k]);
    struct random same = stream(5, RANDOM_TEST, 3, 2);
    for (int k = 0; k < 100; k++)
        assert_int_equal(random_u32(&same), word[0][k]);
}

static void random_below_is_in_bounds_and_unbiased(void **state)
{
    (void)state;
    enum { DRAWS = 30000 };
    struct random r = stream(1, RANDOM_TEST, 0, 0);
    int seen[3] = {0}, low = 0;
    for (int i = 0; i < DRAWS; i++) {
        assert_int_equal(random_below(&r, 1), 0);
        uint32_t x = random_below(&r, 3), y = random_below(&r, 3u << 30);
        assert_true(x < 3 && y < 3u << 30);
        seen[x]++;
        low += y < 1u << 30; /* one in three; one in two if 2^32 were folded by % */
    }
    for (int i = 0; i < 3; i++) /* standard deviation 82 */
        check_close(seen[i], DRAWS / 3, 400);
    check_close(low, DRAWS / 3, 400);
}

struct moments {
    double mean, variance, skewness, kurtosis;
};

/* A second stream gives the same values, so that nothing need be stored. */
static struct moments moments_of(double (*draw)(struct random *r), int n)
{
    struct moments m = {0};
    struct random r = stream(2, RANDOM_TEST, 0, 0), again = r;
    for (int i = 0; i < n; i++)
        m.mean += draw(&r) / n;
    for (int i = 0; i < n; i++) {
        double x = draw(&again) - m.mean;
        m.variance += x * x / n, m.skewness += x * x * x / n, m.kurtosis += x * x * x * x / n;
    }
    m.skewness /= pow(m.variance, 1.5), m.kurtosis /= m.variance * m.variance;
    return m;
}

static void uniform_and_normal_have_their_moments(void **state)
{
    (void)state;
    struct moments u = moments_of(random_uniform, 100000), z = moments_of(random_normal, 100000);
    check_close(u.mean, 0.5, 0.005);
    check_close(u.variance, 1.0 / 12, 0.002);
    check_close(u.kurtosis, 1.8, 0.03);
    check_close(z.mean, 0, 0.015);
    check_close(z.variance, 1, 0.02);
    check_close(z.skewness, 0, 0.04);
    check_close(z.kurtosis, 3, 0.1);
    struct random r = stream(3, RANDOM_TEST, 0, 0);
    for (int i = 0; i < 100000; i++) {
        double x = random_uniform(&r);
        assert_true(x > 0 && x < 1);
    }
}

static double shape;
static double log_gamma_draw(struct random *r)
{
    return random_log_gamma(r, shape);
}
static double gamma_draw(struct random *r)
{
    return exp(random_log_gamma(r, shape));
}

/* E log G = digamma(shape), Var log G = trigamma(shape), E G = Var G = shape. */
static void gamma_has_its_moments_at_every_shape(void **state)
{
    (void)state;
    static const struct {
        double shape, digamma, trigamma;
    } known[] = {
        {0.01, -100.56088545786867, 10001.621213528313},
        {0.1, -10.423754940411076, 101.43329915079276},
        {0.5, -1.9635100260214235, 4.934802200544679},
        {1, -0.5772156649015329, 1.6449340668482264},
        {10, 2.251752589066721, 0.10516633568168575},
    };
    for (size_t k = 0; k < LENGTH(known); k++) {
        shape = known[k].shape;
        struct moments m = moments_of(log_gamma_draw, 100000);
        check_close(m.mean, known[k].digamma, 0.015 * sqrt(known[k].trigamma));
        check_close(m.variance, known[k].trigamma, 0.05 * known[k].trigamma);
        if (shape >= 0.5) {
            m = moments_of(gamma_draw, 100000);
            check_close(m.mean, shape, 0.015 * sqrt(shape));
            check_close(m.variance, shape, 0.06 * shape);
        }
    }
}

/* Why the logarithm: at shape 0.001 most variables are 0 as doubles, their logarithms are fine. */
static void log_gamma_does_not_underflow(void **state)
{
    (void)state;
    struct random r = stream(4, RANDOM_TEST, 0, 0);
    int underflows = 0;
    for (int i = 0; i < 1000; i++) {
        double x = random_log_gamma(&r, 0.001);
        assert_true(isfinite(x));
        underflows += exp(x) == 0;
    }
    assert_in_range(underflows, 300, 900);
}

static void shuffle_gives_every_order_equally_often(void **state)
{
    (void)state;
    struct random r = stream(5, RANDOM_TEST, 0, 0);
    int seen[27] = {0};
    for (int i = 0; i < 12000; i++) {
        int32_t list[3] = {0, 1, 2};
        random_shuffle(&r, list, 3);
        assert_int_equal((1 << list[0]) + (1 << list[1]) + (1 << list[2]), 7);
        seen[list[0] * 9 + list[1] * 3 + list[2]]++;
    }
    static const int orders[] = {5, 7, 11, 15, 19, 21}; /* 012 021 102 120 201 210 in base 3 */
    for (size_t k = 0; k < LENGTH(orders); k++)         /* standard deviation 41 */
        check_close(seen[orders[k]], 2000, 200);
    random_shuffle(&r, NULL, 0);
}

static void registry_finds_and_suggests(void **state)
{
    (void)state;
    static const int one = 1, two = 2;
    static const struct registry all[] = {{"qg-dsgdm-n", &one}, {"gradient-tracking", &two}};
    struct err e = {0};
    assert_ptr_equal(registry_find(all, 2, "algorithm", "gradient-tracking", &e), &two);
    assert_ptr_equal(registry_find(all, 2, "algorithm", "qg-dsgdm-n", &e), &one);
    assert_null(registry_find(all, 2, "algorithm", "qg-dsgmd", &e));
    assert_string_equal(e.text, "unknown algorithm 'qg-dsgmd' (did you mean 'qg-dsgdm-n'?); known: "
                                "qg-dsgdm-n, gradient-tracking");
    assert_true(e.usage);
    assert_null(registry_find(all, 2, "algorithm", "xyz", &e));
    assert_string_equal(e.text, "unknown algorithm 'xyz'; known: qg-dsgdm-n, gradient-tracking");
}

static void name_distance_counts_letters(void **state)
{
    (void)state;
    assert_int_equal(name_distance("ring", "ring"), 0);
    assert_int_equal(name_distance("ring", "rign"), 1);
    assert_int_equal(name_distance("ring", "rings"), 1);
    assert_int_equal(name_distance("ring", "sing"), 1);
    assert_int_equal(name_distance("", "ring"), 4);
    assert_int_equal(name_distance("kitten", "sitting"), 3);
}

/* FIPS 180-4 examples. */
static void sha256_gives_the_known_answers(void **state)
{
    (void)state;
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    char text[HASH_TEXT];
    hash_bytes("abc", 3, text);
    assert_string_equal(text, abc);
    struct hash *h = hash_begin();
    hash_add(h, "a", 1), hash_add(h, "", 0), hash_add(h, "bc", 2);
    hash_end(h, text);
    assert_string_equal(text, abc);
    hash_bytes("", 0, text);
    assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static int files_in(const char *folder)
{
    int n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *at; (at = readdir(d));)
        n += at->d_name[0] != '.';
    closedir(d);
    return n;
}

static void files_are_replaced_whole(void **state)
{
    (void)state;
    char path[512], above[512], deep[512];
    const char *folder = temp_path("files");
    struct err e = {0};
    size_t n = 0;
    assert_int_equal(mkdir(folder, 0777), 0);
    snprintf(path, sizeof(path), "%s/a.csv", folder);
    snprintf(above, sizeof(above), "%s/b", folder);
    snprintf(deep, sizeof(deep), "%s/b/c", folder);
    assert_false(file_exists(path));
    assert_int_equal(file_replace(path, "first, longer", 13, &e), 0);
    assert_int_equal(file_replace(path, "sec\0nd", 6, &e), 0);
    char *bytes = file_read(path, 6, &n, &e);
    assert_non_null(bytes);
    assert_int_equal(n, 6);
    assert_memory_equal(bytes, "sec\0nd", 7); /* and the NUL behind it */
    free(bytes);
    assert_int_equal(files_in(folder), 1); /* no part file */
    assert_null(file_read(path, 5, &n, &e));
    check_says(e, "6 bytes, but at most 5");
    assert_int_equal(dir_make(deep, &e), 0);
    assert_int_equal(dir_make(deep, &e), 0);
    assert_null(file_read(deep, 100, NULL, &e));
    check_says(e, "not a regular file");
    assert_int_equal(mkfifo(temp_path("pipe"), 0600), 0);
    assert_null(file_read(temp_path("pipe"), 100, NULL, &e)); /* and does not wait */
    check_says(e, "pipe: cannot be read: not a regular file");
    e = (struct err){.text = ""};
    err_set(&e, "%s", "a\nb\033[2Jc\177");
    assert_string_equal(e.text, "a b [2Jc ");
    assert_int_equal(file_replace(deep, "x", 1, &e), -1); /* a folder stands there */
    check_says(e, deep);
    assert_int_equal(files_in(above), 1); /* no part file beside it */
}

static void what_is_no_file_stays_what_it_is(void **state)
{
    (void)state;
    char pipe[512], link[512], bytes[8] = "";
    struct err e = {0};
    struct stat s;
    snprintf(pipe, sizeof(pipe), "%s/a-pipe", temp_dir);
    snprintf(link, sizeof(link), "%s/a-link", temp_dir);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int end = open(pipe, O_RDONLY | O_NONBLOCK);
    assert_int_equal(file_replace(pipe, "words", 5, &e), 0);
    assert_int_equal(read(end, bytes, sizeof(bytes)), 5);
    assert_memory_equal(bytes, "words", 5);
    close(end);
    assert_true(lstat(pipe, &s) == 0 && S_ISFIFO(s.st_mode));
    assert_int_equal(file_replace(temp_path("target"), "old", 3, &e), 0);
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(file_replace(link, "new one", 7, &e), 0);
    assert_true(lstat(link, &s) == 0 && S_ISLNK(s.st_mode));
    char *text = file_read(temp_path("target"), 100, NULL, &e);
    assert_string_equal(text, "new one");
    free(text);
}

static void paths_fit_or_are_refused(void **state)
{
    (void)state;
    static char text[2 * PATH_LENGTH], path[PATH_LENGTH];
    char small[4];
    struct err e = {0};
    memset(text, 'x', sizeof(text) - 1);
    assert_int_equal(path_print(path, &e, "%.*s", PATH_LENGTH - 1, text), 0);
    assert_int_equal(strlen(path), PATH_LENGTH - 1);
    assert_int_equal(path_print(path, &e, "%.*s", PATH_LENGTH, text), -1);
    check_says(e, "xxx...: the path is longer than 4095 characters");
    assert_true(e.usage);
    assert_int_equal(path_copy(small, sizeof(small), "abc", &e), 0);
    assert_string_equal(small, "abc");
    assert_int_equal(path_copy(small, sizeof(small), "abcd", &e), -1);
    check_says(e, "abcd...: the path is longer than 3 characters");
    assert_int_equal(err_set(&e, "%.4000s/a: cannot be read", text), -1);
    check_says(e, "xxx...xxx");
    check_says(e, "xxx/a: cannot be read");
    assert_int_equal(strlen(e.text), sizeof(e.text) - 3);
    assert_int_equal(file_replace(text, "x", 1, &e), -1);
    assert_int_equal(dir_make(text, &e), -1);
    assert_int_equal(path_set_root(temp_path("nowhere"), &e), -1);
    assert_int_equal(path_set_root(temp_dir, &e), 0);
    const char *runs = path_in_root("results/runs");
    snprintf(path, sizeof(path), "%s/results/runs", temp_dir);
    assert_string_equal(runs, path);
    assert_ptr_equal(path_in_root("results/runs"), runs);
    assert_string_equal(path_in_root("results/runs/x"), strcat(path, "/x"));
    assert_int_equal(path_set_root(".", &e), 0);
    assert_string_equal(path_in_root("results/runs"), "results/runs");
}

static void unwritable_places_are_reported(void **state)
{
    (void)state;
    char below[520];
    const char *file = temp_path("file");
    struct err e = {0};
    FILE *f = fopen(file, "w");
    assert_true(f && fclose(f) == 0);
    snprintf(below, sizeof(below), "%s/x", file);
    /* not even root writes to these; root does write to a folder of mode 555 */
    const char *const places[] = {"/proc/gossipbench", below, "/nonexistent/gossipbench/x"};
    for (size_t i = 0; i < LENGTH(places); i++) {
        memset(&e, 0, sizeof(e));
        assert_int_equal(file_replace(places[i], "x", 1, &e), -1);
        check_says(e, places[i]);
        assert_false(e.usage);
    }
    assert_int_equal(dir_make("/proc/gossipbench", &e), -1);
    check_says(e, "/proc/gossipbench");
    assert_int_equal(dir_make(file, &e), -1);
    check_says(e, "is not a folder");
    assert_null(file_read("/nonexistent/x", 100, NULL, &e));
    check_says(e, "/nonexistent/x: cannot be read: No such file");
}

static void memory_is_aligned_and_zeroed(void **state)
{
    (void)state;
    for (size_t n = 0; n < 300; n += 7) {
        unsigned char *p = xcalloc(n, 3);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 64, 0);
        for (size_t i = 0; i < 3 * n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, 3 * n); /* what the next one may get back */
        free(p);
    }
    char *copy = xstrdup("abc");
    assert_string_equal(copy, "abc");
    free(copy);
}

static void workers_are_rows_of_slabs(void **state)
{
    (void)state;
    struct workers w;
    workers_init(&w, 8, 3, 2, 33, 0, S0 + 1);
    assert_int_equal(w.at[1].id, 4);
    assert_true(w.stride >= 33);
    for (int i = 0; i < 2; i++) {
        for (int s = 0; s <= S0; s++) {
            assert_ptr_equal(w.at[i].vec[s], w.slab[s] + (size_t)i * w.stride);
            assert_int_equal((uintptr_t)w.at[i].vec[s] % 64, 0);
        }
        assert_null(w.at[i].vec[S1]);
    }
    real *other = xcalloc(2 * w.stride, sizeof(real)), *old = workers_swap(&w, X, other);
    assert_ptr_equal(w.at[1].vec[X], other + w.stride);
    free(old);
    workers_release(&w);
    assert_null(w.at);
}

static void compare(double got, double want)
{
    check_close(got, want, 0.5);
}
static void close_one(void **state)
{
    (void)state;
    compare(1.25, 1);
}
static void far_one(void **state)
{
    (void)state;
    compare(1.75, 1);
}
static void nan_one(void **state)
{
    (void)state;
    compare(NAN, 1);
}
static void wants_nan(void **state)
{
    (void)state;
    compare(1, NAN);
}

/* Whether a test passes, found out in a silent process of its own. */
static int passes(CMUnitTestFunction body)
{
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct CMUnitTest tests[] = {cmocka_unit_test(body)};
        int quiet = freopen("/dev/null", "w", stdout) && freopen("/dev/null", "w", stderr);
        _exit(quiet ? cmocka_run_group_tests(tests, temp_make, temp_remove) : 99);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
    return WEXITSTATUS(status) == 0;
}

static void nan_passes_no_comparison(void **state)
{
    (void)state;
    assert_true(passes(close_one));
    assert_false(passes(far_one));
    assert_false(passes(nan_one));
    assert_false(passes(wants_nan));
}

/* Overwrite the file, and say that it changed so many seconds ago. */
static void write_at(const char *path, const char *text, long seconds_ago)
{
    struct timespec at[2];
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f), fclose(f);
    clock_gettime(CLOCK_REALTIME, &at[0]);
    at[0].tv_sec -= seconds_ago, at[1] = at[0];
    at[0].tv_nsec = at[1].tv_nsec = 0;
    assert_int_equal(utimensat(AT_FDCWD, path, at, 0), 0);
}

/* With a coarse clock, two contents of the same size can have the same time: a sum is remembered
 * only if the file is old enough to exclude this. */
static void a_fresh_file_is_summed_again(void **state)
{
    (void)state;
    struct err e = {.text = ""};
    char first[HASH_TEXT], second[HASH_TEXT];
    const char *path = temp_path("summed");
    for (long age = 0; age <= 60; age += 60) {
        write_at(path, "one", age);
        assert_int_equal(sums_of(path, first, &e), 0);
        write_at(path, "two", age);
        assert_int_equal(sums_of(path, second, &e), 0);
        assert_int_equal(strcmp(first, second) != 0, age == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_known_answers),
        cmocka_unit_test(streams_differ_by_each_part_of_their_name),
        cmocka_unit_test(random_below_is_in_bounds_and_unbiased),
        cmocka_unit_test(uniform_and_normal_have_their_moments),
        cmocka_unit_test(gamma_has_its_moments_at_every_shape),
        cmocka_unit_test(log_gamma_does_not_underflow),
        cmocka_unit_test(shuffle_gives_every_order_equally_often),
        cmocka_unit_test(registry_finds_and_suggests),
        cmocka_unit_test(name_distance_counts_letters),
        cmocka_unit_test(sha256_gives_the_known_answers),
        cmocka_unit_test(files_are_replaced_whole),
        cmocka_unit_test(what_is_no_file_stays_what_it_is),
        cmocka_unit_test(paths_fit_or_are_refused),
        cmocka_unit_test(unwritable_places_are_reported),
        cmocka_unit_test(memory_is_aligned_and_zeroed),
        cmocka_unit_test(workers_are_rows_of_slabs),
        cmocka_unit_test(nan_passes_no_comparison),
        cmocka_unit_test(a_fresh_file_is_summed_again),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
