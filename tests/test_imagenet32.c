/* imagenet32: archives of our own are read row by row; those that are not as they should be are
 * refused with a sentence.  With GOSSIPBENCH_DATA, the real files, too. */
#include "core/file.h"
#include "loaders/dataset.h"
#include "loaders/npz.h"
#include "tests/check.h"
#include "tests/temp.h"
#include <stdlib.h>
#include <unistd.h>

enum { PLANE = 32 * 32, ROW = 3 * PLANE };

/* An archive of n images: byte k of row i is (i + k) mod 251; labels as given, of the type. */
static void write_archive(const char *name, size_t n, const int64_t *label, const char *type)
{
    size_t one[] = {n}, two[] = {n, ROW};
    uint8_t *data = xcalloc(n, ROW);
    int32_t *narrow = xcalloc(n, sizeof(*narrow));
    struct npz z = {0};
    struct err e = {0};
    char path[64];
    for (size_t i = 0; i < n * ROW; i++)
        data[i] = (uint8_t)((i / ROW + i % ROW) % 251);
    for (size_t i = 0; i < n; i++)
        narrow[i] = (int32_t)label[i];
    npz_add(&z, "data", "u1", 2, two, data);
    npz_add(&z, "labels", type, 1, one, strcmp(type, "i4") ? (const void *)label : narrow);
    snprintf(path, sizeof(path), "imagenet32/%s.npz", name);
    assert_int_equal(dir_make(temp_path("imagenet32"), &e), 0);
    assert_int_equal(npz_write(&z, temp_path(path), &e), 0);
    npz_close(&z);
    free(data), free(narrow);
}

static const int64_t first[] = {1, 3, 2}, second[] = {3, 3}, test[] = {2, 1};

static void write_all(void)
{
    write_archive("train_data_batch_1", 3, first, "i8");
    write_archive("train_data_batch_2", 2, second, "i4");
    write_archive("val_data", 2, test, "i8");
}

static void check_image(const uint8_t *image, int row)
{
    for (int i = 0; i < PLANE; i++)
        for (int c = 0; c < 3; c++)
            assert_int_equal(image[i * 3 + c], (row + c * PLANE + i) % 251);
}

static struct dataset open_or_fail(struct dataset_request q)
{
    struct dataset ds;
    struct err e = {0};
    q.name = "imagenet32", q.dir = q.dir ? q.dir : temp_dir;
    if (dataset_open(&ds, &q, &e) < 0)
        fail_msg("%s", e.text);
    return ds;
}

static void refuses(struct dataset_request q, const char *words)
{
    struct dataset ds;
    struct err e = {0};
    q.name = "imagenet32", q.dir = temp_dir;
    assert_int_equal(dataset_open(&ds, &q, &e), -1);
    check_says(e, words);
}

static void batches_are_read_in_order(void **state)
{
    (void)state;
    static const int32_t labels[] = {0, 2, 1, 2, 2};
    write_all();
    struct dataset ds = open_or_fail((struct dataset_request){0});
    assert_true(ds.n_class == 3 && ds.train.n == 5 && ds.test.n == 2);
    assert_memory_equal(ds.train.y, labels, sizeof(labels));
    for (int i = 0; i < 5; i++)
        check_image(ds.train.x + (size_t)i * ROW, i < 3 ? i : i - 3);
    check_image(ds.test.x + ROW, 1);
    dataset_close(&ds);
}

static void limits_and_classes_choose(void **state)
{
    (void)state;
    write_all();
    struct dataset ds = open_or_fail((struct dataset_request){.train_limit = 4, .test_limit = 1});
    assert_true(ds.n_class == 3 && ds.train.n == 4 && ds.test.n == 1);
    check_image(ds.train.x + 3 * ROW, 0);
    dataset_close(&ds);
    ds = open_or_fail((struct dataset_request){.classes = 2});
    assert_true(ds.n_class == 2 && ds.train.n == 2 && ds.test.n == 2);
    assert_true(ds.train.y[0] == 0 && ds.train.y[1] == 1);
    check_image(ds.train.x + ROW, 2);
    dataset_close(&ds);
    refuses((struct dataset_request){.classes = 4}, "4 classes are asked for, but there are 3");
    refuses((struct dataset_request){.train_limit = 6}, "6 training images are asked for, but");
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const struct dataset_request all = {0};
    static const int64_t zero[] = {1, 0}, large[] = {1, 1001}, unknown[] = {2, 4};
    size_t size[] = {2, ROW}, one[] = {2};
    uint8_t *bytes = xcalloc(2, ROW + 1);
    struct err e = {0};
    write_all();
    write_archive("train_data_batch_2", 2, zero, "i8");
    refuses(all, "train_data_batch_2.npz: row 1 has the label 0; labels are 1 to 1000");
    write_archive("train_data_batch_2", 2, large, "i4");
    refuses(all, "row 1 has the label 1001; labels are 1 to 1000");
    write_archive("train_data_batch_2", 2, second, "f8");
    refuses(all, "train_data_batch_2.npz: labels must be int64 or int32 (N), and at least one");
    write_archive("train_data_batch_2", 0, second, "i8");
    refuses(all, "labels must be int64 or int32 (N), and at least one");
    write_all();
    write_archive("val_data", 2, unknown, "i8");
    refuses(all, "val_data.npz: row 1 has the label 4; labels are 1 to 3, the largest one of the");
    unlink(temp_path("imagenet32/val_data.npz"));
    refuses(all, "val_data.npz: cannot be read");
    write_all();
    for (int wrong = 0; wrong < 3; wrong++) { /* a row too many bytes, rows, another type */
        struct npz z = {0};
        size[0] = wrong == 1 ? 1 : 2, size[1] = wrong == 0 ? ROW + 1 : ROW;
        npz_add(&z, "data", wrong == 2 ? "b1" : "u1", 2, size, bytes);
        npz_add(&z, "labels", "i8", 1, one, second);
        assert_int_equal(npz_write(&z, temp_path("imagenet32/train_data_batch_2.npz"), &e), 0);
        refuses(all, "train_data_batch_2.npz: data must be uint8 (2, 3072), a row for each label");
        npz_close(&z);
    }
    assert_int_equal(file_replace(temp_path("imagenet32/train_data_batch_2.npz"), "x", 1, &e), 0);
    refuses(all, "train_data_batch_2.npz: cannot be read as a zip archive");
    unlink(temp_path("imagenet32/train_data_batch_2.npz"));
    write_archive("train_data_batch_3", 2, second, "i8");
    refuses(all, "train_data_batch_3.npz: is there, but train_data_batch_2.npz is not");
    unlink(temp_path("imagenet32/train_data_batch_3.npz"));
    unlink(temp_path("imagenet32/train_data_batch_1.npz"));
    refuses(all, "imagenet32: has no train_data_batch_1.npz");
    free(bytes);
}

/* 300 training and 50 test images of each of 100 classes; the rows of tiny-stored.npz, whose
 * members are stored, are among those of the deflated files. */
static void real_files_are_read(void **state)
{
    (void)state;
    const char *dir = getenv("GOSSIPBENCH_DATA");
    char path[1024];
    snprintf(path, sizeof(path), "%s/imagenet32/tiny-stored.npz", dir ? dir : "");
    if (!dir || !file_exists(path))
        skip();
    struct dataset ds = open_or_fail((struct dataset_request){.dir = dir});
    int count[100] = {0}, test_count[100] = {0};
    assert_true(ds.n_class == 100 && ds.train.n == 30000 && ds.test.n == 5000);
    for (int i = 0; i < ds.train.n; i++)
        count[ds.train.y[i]]++;
    for (int i = 0; i < ds.test.n; i++)
        test_count[ds.test.y[i]]++;
    for (int c = 0; c < 100; c++)
        assert_true(count[c] == 300 && test_count[c] == 50);
    struct npz z;
    struct err e = {0};
    assert_int_equal(npz_read(&z, path, &e), 0);
    const struct npz_array *data = npz_find(&z, path, "data", &e);
    double *label = npz_doubles(npz_find(&z, path, "labels", &e));
    for (size_t i = 0; i < 100; i++) {
        const uint8_t *row = (const uint8_t *)data->data + i * ROW;
        int found = 0;
        for (int k = 0; k < ds.train.n && !found; k++) {
            const uint8_t *image = ds.train.x + (size_t)k * ROW;
            found = ds.train.y[k] == (int)label[i] - 1;
            for (int p = 0; p < PLANE && found; p++)
                for (int c = 0; c < 3; c++)
                    found &= image[p * 3 + c] == row[c * PLANE + p];
        }
        assert_true(found);
    }
    free(label);
    npz_close(&z);
    dataset_close(&ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_are_read_in_order), cmocka_unit_test(limits_and_classes_choose),
        cmocka_unit_test(bad_files_are_refused), cmocka_unit_test(real_files_are_read)};
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
