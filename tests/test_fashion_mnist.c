/* test_fashion_mnist: the IDX files, made here, whole and damaged. */
#include "tests/files.h"
#include <stdlib.h>
#include <zlib.h>

/* Write an IDX file of big-endian words (magic, sizes) and n bytes, all `value` except the
 * first. */
static void write_idx(const char *name, int n_word, const unsigned *words, size_t n, int first,
                      int value)
{
    char path[64];
    snprintf(path, sizeof(path), "fashion-mnist/%s", name);
    mkdir(temp_path("fashion-mnist"), 0777);
    gzFile f = gzopen(temp_path(path), "wb1");
    assert_non_null(f);
    for (int i = 0; i < n_word; i++)
        for (int shift = 24; shift >= 0; shift -= 8)
            gzputc(f, (int)(words[i] >> shift & 255));
    uint8_t *bytes = xcalloc(n, 1);
    memset(bytes, value, n);
    if (n)
        bytes[0] = (uint8_t)first;
    gzwrite(f, bytes, (unsigned)n);
    free(bytes);
    assert_int_equal(gzclose(f), Z_OK);
}

static const char train_x[] = "train-images-idx3-ubyte.gz",
                  train_y[] = "train-labels-idx1-ubyte.gz";
static const char test_x[] = "t10k-images-idx3-ubyte.gz", test_y[] = "t10k-labels-idx1-ubyte.gz";
#define IMAGES(n)                                                                                  \
    4, (const unsigned[])                                                                          \
    {                                                                                              \
        0x803, n, 28, 28                                                                           \
    }
#define LABELS(n)                                                                                  \
    2, (const unsigned[])                                                                          \
    {                                                                                              \
        0x801, n                                                                                   \
    }

/* Five training images, though the header says all; the whole test set. */
static void write_fashion(void)
{
    write_idx(train_x, IMAGES(60000), 5 * 784, 99, 7);
    write_idx(train_y, LABELS(60000), 5, 9, 1);
    write_idx(test_x, IMAGES(10000), 10000 * 784, 5, 5);
    write_idx(test_y, LABELS(10000), 10000, 2, 3);
}

static void fashion_mnist_is_read(void **state)
{
    (void)state;
    write_fashion();
    struct dataset ds = open_or_fail(
        &(struct dataset_request){.name = "fashion-mnist", .dir = temp_dir, .train_limit = 5});
    assert_true(ds.train.n == 5 && ds.test.n == 10000 && ds.h == 32 && ds.w == 32 && ds.c == 3);
    check_constants(&ds, (double[]){0.2860, 0.2860, 0.2860, 0.3530, 0.3530, 0.3530});
    assert_true(ds.train.y[0] == 9 && ds.train.y[4] == 1 && ds.test.y[9999] == 3);
    for (int i = 0; i < 32; i++)
        for (int j = 0; j < 32; j++)
            for (int c = 0; c < 3; c++) {
                int inside = i >= 2 && i < 30 && j >= 2 && j < 30;
                int want = !inside ? 0 : i == 2 && j == 2 ? 99 : 7;
                assert_int_equal(ds.train.x[(i * 32 + j) * 3 + c], want);
            }
    dataset_close(&ds);
}

static void damaged_fashion_mnist_is_refused(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "fashion-mnist", .dir = temp_dir, .train_limit = 6};
    write_fashion();
    check_refused(&q, 0,
                  "train-labels-idx1-ubyte.gz: ends at byte 13 of the 60008 that are expected");
    q.train_limit = 5;
    write_idx(train_y, LABELS(60000), 5, 10, 1);
    check_refused(&q, 0, "train-labels-idx1-ubyte.gz: byte 8: item 0 has the label 10");
    write_idx(train_y, IMAGES(60000), 5, 1, 1);
    check_refused(
        &q, 0,
        "byte 0: starts with 0x00000803, but an IDX file of this kind starts with 0x00000801");
    write_idx(train_y, LABELS(4000000000u), 5, 1, 1);
    check_refused(&q, 0, "byte 4: the header says 4000000000 items, but Fashion-MNIST has 60000");
    write_fashion();
    write_idx(train_x, 4, (const unsigned[]){0x803, 60000, 28, 32}, 5 * 896, 1, 1);
    check_refused(&q, 0, "byte 12: the header says 32 pixels a side, but Fashion-MNIST has 28");
    write_idx(train_x, 2, (const unsigned[]){0x803, 60000}, 0, 0, 0);
    check_refused(&q, 0,
                  "train-images-idx3-ubyte.gz: ends at byte 8 of the 47040016 that are expected");
    write_fashion();
    write_idx(test_y, LABELS(10000), 10001, 2, 3);
    check_refused(&q, 0,
                  "t10k-labels-idx1-ubyte.gz: has more than the 10008 bytes that are expected");
    write_fashion();
    struct stat s;
    assert_int_equal(stat(temp_path("fashion-mnist/t10k-images-idx3-ubyte.gz"), &s), 0);
    temp_cut("fashion-mnist/t10k-images-idx3-ubyte.gz", (long)s.st_size - 2); /* in the checksum */
    check_refused(
        &q, 0,
        "t10k-images-idx3-ubyte.gz: its gzip data are cut off at byte 7840016 of the 7840016");
    temp_cut("fashion-mnist/t10k-images-idx3-ubyte.gz", (long)s.st_size / 2);
    check_refused(&q, 0, "t10k-images-idx3-ubyte.gz: its gzip data are cut off at byte ");
    temp_cut("fashion-mnist/t10k-images-idx3-ubyte.gz", 0);
    check_refused(&q, 0,
                  "t10k-images-idx3-ubyte.gz: ends at byte 0 of the 7840016 that are expected");
    remove(temp_path("fashion-mnist/t10k-images-idx3-ubyte.gz"));
    check_refused(&q, 0, "t10k-images-idx3-ubyte.gz: cannot be read: No such file");
    assert_int_equal(mkfifo(temp_path("fashion-mnist/t10k-images-idx3-ubyte.gz"), 0600), 0);
    check_refused(&q, 0, "t10k-images-idx3-ubyte.gz: cannot be read: not a regular file");
    q.train_limit = 60001;
    check_refused(&q, 1, "60001 training images are asked for, but there are 60000");
}

static void four_files_are_read(void **state)
{
    (void)state;
    struct dataset_request q = {
        .name = "fashion-mnist", .dir = temp_dir, .train_limit = 5, .test_limit = 1};
    nftw(temp_path("fashion-mnist"), temp_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    write_fashion();
    write_idx("more.gz", LABELS(5), 5, 1, 1);
    check_file_names(&q, "fashion-mnist/t10k-images-idx3-ubyte.gz|"
                         "fashion-mnist/t10k-labels-idx1-ubyte.gz|"
                         "fashion-mnist/train-images-idx3-ubyte.gz|"
                         "fashion-mnist/train-labels-idx1-ubyte.gz|");
    check_files_are_read(&q, "fashion-mnist", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fashion_mnist_is_read),
        cmocka_unit_test(damaged_fashion_mnist_is_refused),
        cmocka_unit_test(four_files_are_read),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
