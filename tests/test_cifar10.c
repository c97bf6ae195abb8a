/* test_cifar10: the official binary files of CIFAR-10 and CIFAR-100, made here, whole and damaged,
 * and the real ones of CIFAR-10. */
#include "core/file.h"
#include "tests/files.h"
#include <stdlib.h>

enum { IMAGE = 3072, RECORD = 1 + IMAGE, CIFAR_FILE = 10000 * RECORD };

/* A file of the right size: zeros (which take no room on the disk) except in its first records,
 * whose plane c is filled with 10 * record + c and whose last red pixel is 200. */
static void write_cifar(const char *name, int n, const uint8_t *labels)
{
    char path[64];
    snprintf(path, sizeof(path), "cifar-10-batches-bin/%s", name);
    mkdir(temp_path("cifar-10-batches-bin"), 0777);
    FILE *f = fopen(temp_path(path), "wb");
    assert_non_null(f);
    for (int i = 0; i < n; i++) {
        uint8_t record[RECORD] = {labels[i]};
        for (int c = 0; c < 3; c++)
            memset(record + 1 + 1024 * c, 10 * i + c, 1024);
        record[1024] = 200;
        assert_int_equal(fwrite(record, RECORD, 1, f), 1);
    }
    fflush(f);
    assert_int_equal(ftruncate(fileno(f), CIFAR_FILE), 0);
    fclose(f);
}

static void cifar10_is_read(void **state)
{
    (void)state;
    write_cifar("data_batch_1.bin", 2, (const uint8_t[]){3, 9});
    write_cifar("test_batch.bin", 1, (const uint8_t[]){7});
    struct dataset_request q = {
        .name = "cifar10", .dir = temp_dir, .train_limit = 2, .test_limit = 1};
    struct dataset ds = open_or_fail(&q);
    assert_string_equal(ds.name, "cifar10");
    assert_true(ds.h == 32 && ds.w == 32 && ds.c == 3 && ds.n_class == 10);
    check_constants(&ds, (double[]){0.4914, 0.4822, 0.4465, 0.2023, 0.1994, 0.2010});
    assert_true(ds.train.n == 2 && ds.test.n == 1);
    assert_true(ds.train.y[0] == 3 && ds.train.y[1] == 9 && ds.test.y[0] == 7);
    const uint8_t *second = ds.train.x + IMAGE;
    for (int c = 0; c < 3; c++) {
        assert_int_equal(second[c], 10 + c);
        assert_int_equal(second[IMAGE - 3 + c], c ? 10 + c : 200);
    }
    dataset_close(&ds);
    /* the second file is needed from 10,001 images on */
    q.train_limit = 10000;
    ds = open_or_fail(&q);
    dataset_close(&ds);
    q.train_limit = 10001;
    check_refused(&q, 0, "data_batch_2.bin: cannot be read: No such file");
    write_cifar("data_batch_2.bin", 1, (const uint8_t[]){8});
    ds = open_or_fail(&q);
    assert_int_equal(ds.train.y[10000], 8);
    dataset_close(&ds);
}

static void damaged_cifar10_is_refused(void **state)
{
    (void)state;
    write_cifar("data_batch_1.bin", 3, (const uint8_t[]){3, 9, 10});
    write_cifar("test_batch.bin", 1, (const uint8_t[]){7});
    struct dataset_request q = {
        .name = "cifar10", .dir = temp_dir, .train_limit = 3, .test_limit = 1};
    check_refused(&q, 0, "data_batch_1.bin: record 2 has the label 10; labels are 0 to 9");
    q.train_limit = 2;
    temp_cut("cifar-10-batches-bin/test_batch.bin", CIFAR_FILE - 1);
    check_refused(&q, 0,
                  "test_batch.bin: 30729999 bytes, but a CIFAR-10 file of 10000 records has "
                  "30730000");
    temp_cut("cifar-10-batches-bin/test_batch.bin", CIFAR_FILE + 1);
    check_refused(&q, 0, "test_batch.bin: 30730001 bytes");
    remove(temp_path("cifar-10-batches-bin/test_batch.bin"));
    check_refused(&q, 0, "test_batch.bin: cannot be read: No such file");
    mkdir(temp_path("cifar-10-batches-bin/test_batch.bin"), 0777);
    check_refused(&q, 0, "test_batch.bin: cannot be read: not a regular file");
    remove(temp_path("cifar-10-batches-bin/test_batch.bin"));
    assert_int_equal(mkfifo(temp_path("cifar-10-batches-bin/test_batch.bin"), 0600), 0);
    check_refused(&q, 0, "test_batch.bin: cannot be read: not a regular file");
    q.train_limit = 50001;
    check_refused(&q, 1, "cifar10: 50001 training images are asked for, but there are 50000");
    q = (struct dataset_request){.name = "cifar10", .dir = temp_dir, .test_limit = 10001};
    check_refused(&q, 1, "cifar10: 10001 test images are asked for, but there are 10000");
    q = (struct dataset_request){.name = "cifar10", .dir = temp_path("nowhere")};
    check_refused(&q, 0,
                  "nowhere/cifar-10-batches-bin: there is no such folder; \"make datasets\"");
    char *deep = xcalloc(5000, 1);
    q.dir = memset(deep, 'd', 4999);
    check_refused(&q, 1, "the path is longer than 4095 characters");
    q.name = "fashion-mnist";
    check_refused(&q, 1, "the path is longer than 4095 characters");
    free(deep);
}

/* Records of CIFAR-100: a coarse label, the label, and planes filled with 10 * record + c. */
static void write_cifar100_file(const char *name, int n, const uint8_t *labels)
{
    mkdir(temp_path("cifar-100-binary"), 0777);
    FILE *f = fopen(temp_path(name), "wb");
    assert_non_null(f);
    for (int i = 0; i < n; i++) {
        uint8_t record[2 + IMAGE] = {19, labels[i]};
        for (int c = 0; c < 3; c++)
            memset(record + 2 + 1024 * c, 10 * i + c, 1024);
        record[2] = 200; /* the first red pixel */
        assert_int_equal(fwrite(record, sizeof(record), 1, f), 1);
    }
    fclose(f);
}

static void cifar100_is_read_and_refused(void **state)
{
    (void)state;
    static const char train[] = "cifar-100-binary/train.bin", test[] = "cifar-100-binary/test.bin";
    struct dataset_request q = {.name = "cifar100", .dir = temp_dir};
    check_refused(&q, 0, "cifar-100-binary: there is no such folder");
    write_cifar100_file(train, 3, (const uint8_t[]){3, 99, 0});
    check_refused(&q, 0, "test.bin: cannot be read: No such file");
    write_cifar100_file(test, 1, (const uint8_t[]){70});
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.h == 32 && ds.w == 32 && ds.c == 3 && ds.n_class == 100);
    check_constants(&ds, (double[]){0.5071, 0.4865, 0.4409, 0.2673, 0.2564, 0.2762});
    assert_true(ds.train.n == 3 && ds.test.n == 1);
    assert_true(ds.train.y[0] == 3 && ds.train.y[1] == 99 && ds.test.y[0] == 70);
    const uint8_t *second = ds.train.x + IMAGE;
    for (int c = 0; c < 3; c++) {
        assert_int_equal(second[c], c ? 10 + c : 200);
        assert_int_equal(second[IMAGE - 3 + c], 10 + c);
    }
    dataset_close(&ds);
    q.train_limit = 4;
    check_refused(&q, 1, "cifar100: 4 training images are asked for, but there are 3");
    q.train_limit = 0;
    write_cifar100_file(train, 3, (const uint8_t[]){3, 99, 100});
    check_refused(&q, 0, "train.bin: record 2 has the label 100; labels are 0 to 99");
    temp_cut(test, 2 + IMAGE - 1);
    check_refused(&q, 0, "test.bin: 3073 bytes are not up to a million records of 3074 bytes");
}

static void write_text(const char *name, const char *text)
{
    struct err e = {0};
    mkdir(temp_path("cifar-10-batches-bin"), 0777);
    if (file_replace(temp_path(name), text, strlen(text), &e))
        fail_msg("%s", e.text);
}

static void classes_are_called_as_the_file_says(void **state)
{
    (void)state;
    static const char name[] = "cifar-10-batches-bin/batches.meta.txt";
    struct class_names c;
    struct err e = {0};
    check_names("cifar10", temp_dir, "");
    write_text(name, "a plane\ncar\r\nb,i,rd\n\nmore\n");
    check_names("cifar10", temp_dir, "a plane|car|b,i,rd|");
    write_text(name, "plane");
    check_names("cifar10", temp_dir, "plane|");
    check_names("fashion-mnist", temp_dir, "");
    char many[2 * 1001 + 1];
    for (size_t i = 0; i < sizeof(many); i++)
        many[i] = i % 2 ? '\n' : 'x';
    many[sizeof(many) - 1] = '\0';
    write_text(name, many);
    assert_int_equal(dataset_class_names(&c, "cifar10", temp_dir, &e), -1);
    check_says(e, "batches.meta.txt:1001: names more than 1000 classes");
    remove(temp_path(name));
    mkdir(temp_path(name), 0777);
    assert_int_equal(dataset_class_names(&c, "cifar10", temp_dir, &e), -1);
    check_says(e, "batches.meta.txt: cannot be read: not a regular file");
    assert_int_equal(dataset_class_names(&c, "cifar11", temp_dir, &e), -1);
    check_says(e, "did you mean 'cifar10'?");
    assert_int_equal(c.n, 0);
    remove(temp_path(name));
}

#define BATCH(k) "cifar-10-batches-bin/data_batch_" #k ".bin|"
#define TEST     "cifar-10-batches-bin/test_batch.bin|"

static void files_up_to_the_limit_are_read(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "cifar10", .dir = temp_dir, .test_limit = 1};
    check_file_names(&q, BATCH(1) BATCH(2) BATCH(3) BATCH(4) BATCH(5) TEST);
    q.train_limit = 50000;
    check_file_names(&q, BATCH(1) BATCH(2) BATCH(3) BATCH(4) BATCH(5) TEST);
    q.train_limit = 10001;
    check_file_names(&q, BATCH(1) BATCH(2) TEST);
    q.train_limit = 10000;
    check_file_names(&q, BATCH(1) TEST);
    q.classes = 2; /* wherever they are */
    check_file_names(&q, BATCH(1) BATCH(2) BATCH(3) BATCH(4) BATCH(5) TEST);
    q.classes = 0;
    remove(temp_path("cifar-10-batches-bin/test_batch.bin")); /* of another test */
    write_cifar("data_batch_1.bin", 2, (const uint8_t[]){3, 9});
    write_cifar("data_batch_2.bin", 2, (const uint8_t[]){3, 9});
    write_cifar("test_batch.bin", 1, (const uint8_t[]){7});
    write_text("cifar-10-batches-bin/batches.meta.txt", "plane\n");
    check_files_are_read(&q, "cifar-10-batches-bin", 2);
}

static void real_cifar10_is_balanced(void **state)
{
    (void)state;
    const char *dir = real_data("cifar-10-batches-bin");
    struct dataset ds = open_or_fail(&(struct dataset_request){.name = "cifar10", .dir = dir});
    int count[2][10] = {{0}};
    double sum[3] = {0}, square[3] = {0}, n = 50000.0 * 1024;
    for (int i = 0; i < ds.train.n; i++)
        count[0][ds.train.y[i]]++;
    for (int i = 0; i < ds.test.n; i++)
        count[1][ds.test.y[i]]++;
    for (int k = 0; k < 10; k++)
        assert_true(count[0][k] == 5000 && count[1][k] == 1000);
    for (size_t i = 0; i < (size_t)ds.train.n * IMAGE; i++) {
        double v = ds.train.x[i] / 255.0;
        sum[i % 3] += v / n, square[i % 3] += v * v / n;
    }
    for (int c = 0; c < 3; c++) {
        check_close(sum[c], (double)ds.mean[c], 2e-3);
        /* the protocol's std is the mean of each image's own std, which is below that of all
         * pixels */
        assert_true(sqrt(square[c] - sum[c] * sum[c]) > (double)ds.std[c]);
    }
    dataset_close(&ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cifar10_is_read),
        cmocka_unit_test(cifar100_is_read_and_refused),
        cmocka_unit_test(damaged_cifar10_is_refused),
        cmocka_unit_test(classes_are_called_as_the_file_says),
        cmocka_unit_test(files_up_to_the_limit_are_read),
        cmocka_unit_test(real_cifar10_is_balanced),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
