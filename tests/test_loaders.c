/* test_loaders: the data sets, read from files made here and refused when they are damaged. */
#include "core/file.h"
#include "loaders/synthetic_images.h"
#include "tests/data.h"
#include "tests/temp.h"
#include <stdlib.h>
#include <zlib.h>

enum { IMAGE = 3072, RECORD = 1 + IMAGE, CIFAR_FILE = 10000 * RECORD };

/* --- generated images --- */

static struct dataset_request generated(int n_train, int n_test, uint64_t seed)
{
    return (struct dataset_request){.name = "synthetic-images",
                                    .train_limit = n_train,
                                    .test_limit = n_test,
                                    .seed = seed,
                                    .difficulty = 0.5};
}

static struct dataset synthetic(int n_train, int n_test, uint64_t seed)
{
    struct dataset_request q = generated(n_train, n_test, seed);
    return open_or_fail(&q);
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    check_refused(&(struct dataset_request){.name = "cifar-10", .dir = "."}, 1,
                  "unknown data set 'cifar-10' (did you mean 'cifar10'?); known: cifar10, ");
    check_refused(&(struct dataset_request){.name = "synthetic-images", .train_limit = -1}, 1,
                  "a limit of -1 training images cannot be");
    check_refused(
        &(struct dataset_request){.name = "synthetic-images", .train_limit = 1, .test_limit = -2},
        1, "a limit of -2 test images cannot be");
    check_refused(&(struct dataset_request){.name = "synthetic-images",
                                            .train_limit = 1000001,
                                            .test_limit = 1},
                  1, "at most 1000000 images");
}

static void generated_images_depend_on_the_seed_alone(void **state)
{
    (void)state;
    struct dataset a = synthetic(0, 0, 5), b = synthetic(30, 3000, 5), c = synthetic(30, 3000, 6);
    assert_int_equal(a.train.n, 2000);
    assert_int_equal(a.test.n, 500);
    assert_int_equal(b.test.n, 3000);
    assert_memory_equal(a.train.x, b.train.x, 30 * IMAGE);
    assert_memory_equal(a.test.x, b.test.x, 500 * IMAGE);
    assert_memory_equal(a.test.y, b.test.y, 500 * sizeof(*a.test.y));
    assert_memory_not_equal(b.train.x, c.train.x, IMAGE);
    assert_memory_not_equal(b.train.x, b.test.x, IMAGE);
    assert_string_not_equal(a.sha256, b.sha256);
    /* what was generated before there was a difficulty */
    assert_string_equal(a.sha256,
                        "b00ee4c9990f13553dc6d15fca0513065770bbc3ece13d87c0a6d3a34c4f8f1c");
    struct dataset again = synthetic(0, 0, 5);
    assert_string_equal(a.sha256, again.sha256);
    int count[10] = {0};
    for (int i = 0; i < a.train.n; i++)
        count[a.train.y[i]]++;
    for (int k = 0; k < 10; k++)
        assert_int_equal(count[k], 200);
    dataset_close(&a);
    dataset_close(&b);
    dataset_close(&c);
    dataset_close(&again);
    assert_null(again.train.x);
}

/* Of 500 test images those whose class has the nearest mean image. */
static int nearest_right(double difficulty)
{
    struct dataset_request q = generated(0, 0, 1);
    q.difficulty = difficulty;
    struct dataset ds = open_or_fail(&q);
    double(*mean)[IMAGE] = xcalloc(10, sizeof(*mean));
    int right = 0;
    for (int i = 0; i < ds.train.n; i++)
        for (int k = 0; k < IMAGE; k++)
            mean[ds.train.y[i]][k] += ds.train.x[i * IMAGE + k] / 200.0;
    for (int i = 0; i < ds.test.n; i++) {
        int best = -1;
        double least = INFINITY;
        for (int c = 0; c < 10; c++) {
            double sum = 0;
            for (int k = 0; k < IMAGE; k++) {
                double d = ds.test.x[i * IMAGE + k] - mean[c][k];
                sum += d * d;
            }
            if (sum < least)
                least = sum, best = c;
        }
        right += best == ds.test.y[i];
    }
    free(mean);
    dataset_close(&ds);
    return right;
}

/* There is something to learn, and it takes more than means; at difficulty 1 there is nothing:
 * chance is 50 with a standard deviation of 7, and the classes' images are drawn alike. */
static void generated_images_can_be_learned_unless_too_difficult(void **state)
{
    (void)state;
    int easy = nearest_right(0), middle = nearest_right(0.5), hard = nearest_right(0.75),
        hopeless = nearest_right(1);
    print_message("right of 500: %d, %d, %d, %d\n", easy, middle, hard, hopeless);
    assert_in_range(middle, 150, 475);
    assert_in_range(hopeless, 20, 80);
    assert_true(easy > middle && middle > hard && hard > hopeless);
}

/* Image 0 and its class's pattern: without noise images of a class differ in place and contrast
 * only, so that all pixels of a wave's crest have one colour; at 1 the class leaves no trace. */
static void difficulty_is_a_share_of_noise(void **state)
{
    (void)state;
    struct image_generator none, all, other;
    uint8_t *x = xcalloc(3, IMAGE);
    int32_t y[1];
    image_generator_init(&none, 3, 0, 10), image_generator_init(&all, 3, 1, 10);
    image_generator_init(&other, 3, 1, 7);
    image_generator_draw(&none, 0, 8, 1, x, y);
    image_generator_draw(&all, 0, 8, 1, x + IMAGE, y);
    assert_int_equal(y[0], 8);
    image_generator_draw(&other, 0, 8, 1, x + 2 * IMAGE, y);
    assert_int_equal(y[0], 1);
    assert_memory_equal(x + IMAGE, x + 2 * IMAGE, IMAGE);
    long step = 0, noise = 0; /* from a pixel to the one below */
    for (int k = 0; k + 96 < IMAGE; k++)
        step += labs((long)x[k] - x[k + 96]), noise += labs((long)x[IMAGE + k] - x[IMAGE + k + 96]);
    assert_true(step < 40L * IMAGE && noise > 80L * IMAGE);
    image_generator_release(&none), image_generator_release(&all), image_generator_release(&other);
    free(x);
}

/* --- what all data sets share --- */

static void test_batches_are_normalised(void **state)
{
    (void)state;
    struct dataset ds = synthetic(10, 20, 1);
    const float mean[] = {0.1f, 0.5f, 0.9f}, std[] = {0.2f, 0.3f, 0.4f};
    memcpy(ds.mean, mean, sizeof(mean));
    memcpy(ds.std, std, sizeof(std));
    real *x = xcalloc(7 * IMAGE, sizeof(*x));
    int32_t y[7];
    dataset_test_batch(&ds, 13, 7, x, y);
    for (int i = 0; i < 7 * IMAGE; i++) {
        double want =
            (ds.test.x[13 * IMAGE + i] / 255.0 - (double)mean[i % 3]) / (double)std[i % 3];
        check_close((double)x[i], want, 2e-6);
    }
    assert_memory_equal(y, ds.test.y + 13, sizeof(y));
    free(x);
    dataset_close(&ds);
}

static void held_out_images_leave_the_training_set(void **state)
{
    (void)state;
    enum { N = 300, HELD = 50 };
    struct dataset ds = synthetic(N, 5, 1), all = synthetic(N, 5, 1), other = synthetic(N, 5, 1);
    struct err e = {0};
    assert_int_equal(dataset_hold_out(&ds, HELD, 9, &e), 0);
    assert_int_equal(dataset_hold_out(&other, HELD, 10, &e), 0);
    assert_int_equal(ds.train.n, N - HELD);
    assert_int_equal(ds.test.n, HELD);
    assert_memory_not_equal(ds.test.x, other.test.x, HELD * IMAGE);
    int kept = 0, held = 0; /* both in the order of the whole set: walk along it */
    for (int i = 0; i < N; i++) {
        const uint8_t *image = all.train.x + i * IMAGE;
        if (held < HELD && !memcmp(image, ds.test.x + held * IMAGE, IMAGE)) {
            assert_int_equal(ds.test.y[held++], all.train.y[i]);
        } else {
            assert_memory_equal(image, ds.train.x + kept * IMAGE, IMAGE);
            assert_int_equal(ds.train.y[kept++], all.train.y[i]);
        }
    }
    assert_int_equal(held, HELD);
    static const int bad[] = {-1, 0, N - HELD, N};
    for (size_t i = 0; i < LENGTH(bad); i++) {
        assert_int_equal(dataset_hold_out(&ds, bad[i], 1, &e), -1);
        check_says(e, "of 250 training images cannot be held out; use 1 to 249");
        assert_int_equal(e.usage, 1);
    }
    dataset_close(&ds);
    dataset_close(&all);
    dataset_close(&other);
}

static void classes_are_chosen_before_limits(void **state)
{
    (void)state;
    struct dataset all = synthetic(0, 0, 5);
    struct dataset_request q = generated(70, 20, 5);
    q.classes = 3;
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.n_class == 3 && ds.train.n == 70 && ds.test.n == 20);
    const struct split *from[] = {&all.train, &all.test}, *to[] = {&ds.train, &ds.test};
    for (int s = 0; s < 2; s++)
        for (int i = 0, at = 0; at < to[s]->n; i++)
            if (from[s]->y[i] < 3) {
                assert_int_equal(to[s]->y[at], from[s]->y[i]);
                assert_memory_equal(to[s]->x + at++ * IMAGE, from[s]->x + i * IMAGE, IMAGE);
            }
    dataset_close(&ds);
    q.train_limit = q.test_limit = 0;
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 600 && ds.test.n == 150);
    dataset_close(&ds);
    dataset_close(&all);
    q.train_limit = 601;
    check_refused(&q, 1, "601 training images are asked for, but there are 600");
    q.train_limit = 0, q.test_limit = 151;
    check_refused(&q, 1, "151 test images are asked for, but there are 150");
    q.test_limit = 0, q.classes = 11;
    check_refused(&q, 1, "the first 11 classes are asked for, but there are 10");
    q.classes = -1;
    check_refused(&q, 1, "the first -1 classes cannot be; use 0 for all");
}

static double told;
static void tell(const struct dataset *ds, double bytes)
{
    assert_null(ds->train.x);
    told = bytes;
}

static void memory_is_told_and_refused_beforehand(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "synthetic-images",
                                .train_limit = 10,
                                .test_limit = 5,
                                .memory = 15 * (IMAGE + 4),
                                .tell = tell};
    struct dataset ds = open_or_fail(&q);
    dataset_close(&ds);
    check_close(told, 15 * (IMAGE + 4.0), 0);
    q.memory -= 1;
    check_refused(&q, 0,
                  "synthetic-images: 10 training and 5 test images take 0 MiB, but a rank has 0 "
                  "MiB on this machine: lower train_limit");
}

/* --- CIFAR-10 --- */

/* A file of the right size: zeros (which take no room on the disk) but for its first records,
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

static void cut(const char *name, long size)
{
    assert_int_equal(truncate(temp_path(name), size), 0);
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
    cut("cifar-10-batches-bin/test_batch.bin", CIFAR_FILE - 1);
    check_refused(&q, 0,
                  "test_batch.bin: 30729999 bytes, but a CIFAR-10 file of 10000 records has "
                  "30730000");
    cut("cifar-10-batches-bin/test_batch.bin", CIFAR_FILE + 1);
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
    check_refused(&q, 1, "the path is too long");
    q.name = "fashion-mnist";
    check_refused(&q, 1, "the path is too long");
    free(deep);
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
    check_says(e, "batches.meta.txt:1001: names one more class than the 1000 that there may be");
    remove(temp_path(name));
    mkdir(temp_path(name), 0777);
    assert_int_equal(dataset_class_names(&c, "cifar10", temp_dir, &e), -1);
    check_says(e, "batches.meta.txt: cannot be read: not a regular file");
    assert_int_equal(dataset_class_names(&c, "cifar11", temp_dir, &e), -1);
    check_says(e, "did you mean 'cifar10'?");
    assert_int_equal(c.n, 0);
    remove(temp_path(name));
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
        /* the protocol's std is the mean over images of each image's own: less than the whole's */
        assert_true(sqrt(square[c] - sum[c] * sum[c]) > (double)ds.std[c]);
    }
    dataset_close(&ds);
}

/* --- Fashion-MNIST --- */

/* Write an IDX file of big-endian words (magic, sizes) and n bytes, all value but the first. */
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
    check_refused(&q, 0,
                  "byte 0: starts with 0x00000803, but an IDX file of this kind with 0x00000801");
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
                  "t10k-labels-idx1-ubyte.gz: goes on behind the 10008 bytes that are expected");
    write_fashion();
    struct stat s;
    assert_int_equal(stat(temp_path("fashion-mnist/t10k-images-idx3-ubyte.gz"), &s), 0);
    cut("fashion-mnist/t10k-images-idx3-ubyte.gz", (long)s.st_size - 2); /* in the checksum */
    check_refused(
        &q, 0,
        "t10k-images-idx3-ubyte.gz: its gzip data are cut off at byte 7840016 of the 7840016");
    cut("fashion-mnist/t10k-images-idx3-ubyte.gz", (long)s.st_size / 2);
    check_refused(&q, 0, "t10k-images-idx3-ubyte.gz: its gzip data are cut off at byte ");
    cut("fashion-mnist/t10k-images-idx3-ubyte.gz", 0);
    check_refused(&q, 0,
                  "t10k-images-idx3-ubyte.gz: ends at byte 0 of the 7840016 that are expected");
    remove(temp_path("fashion-mnist/t10k-images-idx3-ubyte.gz"));
    check_refused(&q, 0, "t10k-images-idx3-ubyte.gz: cannot be read: No such file");
    assert_int_equal(mkfifo(temp_path("fashion-mnist/t10k-images-idx3-ubyte.gz"), 0600), 0);
    check_refused(&q, 0, "t10k-images-idx3-ubyte.gz: cannot be read: not a regular file");
    q.train_limit = 60001;
    check_refused(&q, 1, "60001 training images are asked for, but there are 60000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(generated_images_depend_on_the_seed_alone),
        cmocka_unit_test(generated_images_can_be_learned_unless_too_difficult),
        cmocka_unit_test(difficulty_is_a_share_of_noise),
        cmocka_unit_test(test_batches_are_normalised),
        cmocka_unit_test(held_out_images_leave_the_training_set),
        cmocka_unit_test(classes_are_chosen_before_limits),
        cmocka_unit_test(memory_is_told_and_refused_beforehand),
        cmocka_unit_test(cifar10_is_read),
        cmocka_unit_test(damaged_cifar10_is_refused),
        cmocka_unit_test(classes_are_called_as_the_file_says),
        cmocka_unit_test(real_cifar10_is_balanced),
        cmocka_unit_test(fashion_mnist_is_read),
        cmocka_unit_test(damaged_fashion_mnist_is_refused),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
