/* core: registry, hash, files, memory, workers, and the comparison that all tests rest on. */
#include "core/core.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/path.h"
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
