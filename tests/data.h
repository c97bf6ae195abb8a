/* data: shared by the tests of data sets: loading that must succeed, loading that must be refused,
 * and the place of the real files. */
#ifndef TESTS_DATA_H
#define TESTS_DATA_H
#include "loaders/dataset.h"
#include "tests/check.h"
#include <stdlib.h>
#include <sys/stat.h>

static inline struct dataset open_or_fail(const struct dataset_request *q)
{
    struct dataset ds;
    struct err e = {0};
    if (dataset_open(&ds, q, &e))
        fail_msg("%s", e.text);
    return ds;
}

/* Check the constants by which the images are normalised: mean and std of each channel. */
static inline void check_constants(const struct dataset *ds, const double want[6])
{
    for (int c = 0; c < 3; c++) {
        check_close(ds->mean[c], want[c], 1e-7);
        check_close(ds->std[c], want[3 + c], 1e-7);
    }
}

/* Check that q is refused with a sentence that contains the words, and that no memory is left. */
static inline void check_refused(const struct dataset_request *q, int usage, const char *words)
{
    struct dataset ds;
    struct err e = {0};
    assert_int_equal(dataset_open(&ds, q, &e), -1);
    check_says(e, words);
    assert_int_equal(e.usage, usage);
    assert_null(ds.train.x);
    assert_null(ds.train.token);
    assert_null(ds.test.y);
    assert_null(ds.vocabulary.text);
}

/* The class names in the files of the set, each followed by a bar; free() the result. */
static inline char *names_in(const char *name, const char *dir)
{
    struct class_names c;
    struct err e = {0};
    char *all = xcalloc(1 << 16, 1);
    if (dataset_class_names(&c, name, dir, &e))
        fail_msg("%s", e.text);
    for (int k = 0; k < c.n; k++)
        strcat(strcat(all, c.text[k]), "|");
    class_names_release(&c);
    return all;
}

/* Check that the class names are these. */
static inline void check_names(const char *name, const char *dir, const char *want)
{
    char *all = names_in(name, dir);
    assert_string_equal(all, want);
    free(all);
}

/* The folder whose subfolder `name` holds the real files of a set: $GOSSIPBENCH_DATA, else
 * datasets/data; if the files are not there, the test is skipped. */
static inline const char *real_data(const char *name)
{
    const char *dir = getenv("GOSSIPBENCH_DATA");
    char path[512];
    struct stat s;
    dir = dir && *dir ? dir : "datasets/data";
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    if (stat(path, &s) != 0) {
        print_message("%s is not there (GOSSIPBENCH_DATA can name the folder it is in)\n", path);
        skip();
    }
    return dir;
}
#endif
