/* test_write: the loaders read generated files as the synthetic data that were written; folders are
 * complete or not there, and only generated ones are replaced. */
#include "core/file.h"
#include "loaders/synthetic_images.h"
#include "loaders/write.h"
#include "tests/data.h"
#include "tests/temp.h"
#include <signal.h>
#include <sys/resource.h>

static const double difficulty = 0.3;
enum { SIDE = 40 }; /* of the images of forms that can have another size than 32 */
static const union value of_images[] = {{0.3}, {SIDE}}, of_usual[] = {{0.3}, {0}},
                         of_folder[] = {{SIDE}}, of_texts[] = {{20000}, {64}, {0.3}},
                         of_files[] = {{20000}, {64}, {1}};

static const union value *parameters_of(const char *name)
{
    return !strcmp(name, "ag_news")            ? of_files
           : !strcmp(name, "png-folder")       ? of_folder
           : !strcmp(name, "synthetic-images") ? of_usual
           : dataset_has_texts(name)           ? of_texts
                                               : NULL;
}

static struct dataset_request request(const char *name, int n_train, int n_test)
{
    return (struct dataset_request){.name = name,
                                    .dir = temp_dir,
                                    .train_limit = n_train,
                                    .test_limit = n_test,
                                    .seed = 7,
                                    .parameter = parameters_of(name)};
}

static struct written write_or_fail(const struct dataset_request *q)
{
    struct written w;
    struct err e = {0};
    if (dataset_write(&w, q, difficulty, &e))
        fail_msg("%s", e.text);
    return w;
}

static void check_not_written(const struct dataset_request *q, int usage, const char *words)
{
    struct written w;
    struct err e = {0};
    assert_int_equal(dataset_write(&w, q, difficulty, &e), -1);
    check_says(e, words);
    assert_int_equal(e.usage, usage);
}

/* Files in the folder of all tests, hidden ones too, and folders. */
static int n_found;
static int count_one(const char *path, const struct stat *s, int flag, struct FTW *f)
{
    (void)path, (void)s, (void)flag, (void)f;
    n_found++;
    return 0;
}
static int n_files(const char *path)
{
    n_found = 0;
    nftw(path, count_one, 16, FTW_PHYS);
    return n_found;
}

static void remove_all(const char *name)
{
    nftw(temp_path(name), temp_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Files that are written with all samples and read up to limits give the synthetic data. */
static void check_form(const char *name, const char *synthetic, int all_train, int all_test)
{
    struct dataset_request q = request(name, all_train, all_test);
    struct written w = write_or_fail(&q);
    q = request(name, 64, 40);
    struct dataset ds = open_or_fail(&q);
    q = request(synthetic, 64, 40);
    if (!strcmp(name, "png-folder"))
        q.parameter = of_images;
    struct dataset want = open_or_fail(&q);
    assert_string_equal(ds.sha256, want.sha256);
    assert_int_equal(ds.h, want.h);
    assert_string_equal(ds.vocabulary.sha256, want.vocabulary.sha256);
    assert_int_equal(ds.n_class, want.n_class);
    assert_int_equal(w.keeps_numbers, 0);
    dataset_close(&ds), dataset_close(&want);
}

static void images_are_the_synthetic_ones(void **state)
{
    (void)state;
    check_form("imagenet32", "synthetic-images", 93, 40);
    for (int k = 1; k <= 11; k++) { /* ten files, of 9 and 10 rows */
        char name[64];
        snprintf(name, sizeof(name), "imagenet32/train_data_batch_%d.npz", k);
        assert_int_equal(file_exists(temp_path(name)), k <= 10);
    }
    check_names("imagenet32", temp_dir,
                "generated-0|generated-1|generated-2|generated-3|generated-4|generated-5|"
                "generated-6|generated-7|generated-8|generated-9|");
    check_form("png-folder", "synthetic-images", 120, 50);
    remove_all("imagenet32"), remove_all("png-folder");
}

static void texts_are_the_synthetic_ones(void **state)
{
    (void)state;
    check_form("ag_news", "synthetic-text", 64, 40); /* the vocabulary is of all that is read */
    check_names("ag_news", temp_dir, "generated-0|generated-1|generated-2|generated-3|");
    remove_all("ag_news_csv");
}

/* With 12 classes, image k is of class k % 12, and 10 sorts behind 9. */
static void classes_are_as_many_as_asked_for(void **state)
{
    (void)state;
    static const char *const names[] = {"imagenet32", "png-folder"};
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct dataset_request q = request(names[i], 30, 12);
        q.classes = 12;
        write_or_fail(&q);
        q.classes = 0;
        struct dataset ds = open_or_fail(&q);
        assert_true(ds.train.n == 30 && ds.test.n == 12 && ds.n_class == 12);
        for (int k = 0; k < 30; k++)
            assert_int_equal(ds.train.y[k], k % 12);
        dataset_close(&ds);
        remove_all(names[i]);
    }
}

/* These always have the official sizes, whatever the limits are. */
static void cifar10_is_whole(void **state)
{
    (void)state;
    struct dataset_request q = request("cifar10", 640, 100);
    struct written w = write_or_fail(&q);
    assert_int_equal(w.keeps_numbers, 1);
    struct dataset ds = open_or_fail(&q);
    q.name = "synthetic-images", q.parameter = of_usual;
    struct dataset want = open_or_fail(&q);
    assert_string_equal(ds.sha256, want.sha256);
    dataset_close(&ds), dataset_close(&want);
    static const int at[] = {0, 9999, 10000, 39999, 49999}; /* where files begin and end */
    struct image_generator g;
    uint8_t x[3072];
    int32_t y[1];
    q = request("cifar10", 0, 0);
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 50000 && ds.test.n == 10000);
    image_generator_init(&g, q.seed, difficulty, 10, 32);
    for (size_t i = 0; i < LENGTH(at); i++) {
        image_generator_draw(&g, 0, at[i], 1, x, y);
        assert_memory_equal(ds.train.x + (size_t)at[i] * sizeof(x), x, sizeof(x));
        assert_int_equal(ds.train.y[at[i]], y[0]);
    }
    image_generator_draw(&g, 1, 9999, 1, x, y);
    assert_memory_equal(ds.test.x + (size_t)9999 * sizeof(x), x, sizeof(x));
    image_generator_release(&g);
    dataset_close(&ds);
    char *meta =
        file_read(temp_path("cifar-10-batches-bin/batches.meta.txt"), 4096, NULL, &(struct err){0});
    assert_non_null(strstr(meta, "generated-9\n\n"));
    free(meta);
    remove_all("cifar-10-batches-bin");
}

/* Grey: all three planes that are read are the middle of the red plane. */
static void fashion_mnist_is_whole(void **state)
{
    (void)state;
    struct dataset_request q = request("fashion-mnist", 0, 0);
    write_or_fail(&q);
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.train.n == 60000 && ds.test.n == 10000);
    dataset_close(&ds);
    q.train_limit = 70, q.test_limit = 30;
    ds = open_or_fail(&q);
    q.name = "synthetic-images", q.parameter = of_usual;
    struct dataset want = open_or_fail(&q);
    for (int k = 0; k < 70; k++) {
        assert_int_equal(ds.train.y[k], want.train.y[k]);
        for (int i = 0; i < 3072; i++) {
            int row = i / 96, column = i / 3 % 32, at = k * 3072 + i;
            int inside = row >= 2 && row < 30 && column >= 2 && column < 30;
            assert_int_equal(ds.train.x[at], inside ? want.train.x[at - i % 3] : 0);
        }
    }
    dataset_close(&ds), dataset_close(&want);
    remove_all("fashion-mnist");
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    struct dataset_request q = request("cifar-10", 0, 0);
    check_not_written(&q, 1,
                      "(did you mean 'cifar10'?); known: cifar10, cifar100, fashion-mnist, ");
    q = request("png-folder", 1000001, 0);
    check_not_written(&q, 1, "png-folder: at most 1000000 samples can be generated");
    q = request("png-folder", 0, 0), q.parameter = &(union value){5};
    check_not_written(&q, 1, "png-folder: image_size is 5, but must be 0, or from 8 to 256");
    q = request("cifar10", 0, 0), q.classes = 11;
    check_not_written(&q, 1, "11 classes are asked for, but files of this form have at most 10");
    q = request("ag_news", 0, 0), q.classes = 3;
    check_not_written(&q, 1, "3 classes are asked for, but files of this form have 4");
    q = request("imagenet32", 100, 9);
    check_not_written(&q, 1, "100 training and 9 test samples are too few for 10 classes");
    char *deep = xcalloc(5000, 1);
    q = request("ag_news", 0, 0), q.dir = memset(deep, 'd', 4999);
    check_not_written(&q, 1, "the path is longer than 4095 characters");
    free(deep);
    q.dir = "/dev/null/data";
    check_not_written(&q, 0, "/dev/null/data: ");
    assert_int_equal(n_files(temp_dir), 1);
}

/* A folder is replaced only if it has a mark, which names what was asked for. */
static void only_what_was_generated_is_replaced(void **state)
{
    (void)state;
    struct dataset_request q = request("png-folder", 30, 10);
    char words[256];
    struct err e = {0};
    assert_int_equal(dataset_was_written("png-folder", temp_dir, words, sizeof(words)), 0);
    struct written w = write_or_fail(&q);
    assert_int_equal(dataset_was_written("png-folder", temp_dir, words, sizeof(words)), 1);
    assert_string_equal(words, "png-folder, seed 7, difficulty 0.3, 40 x 40: 30 training "
                               "and 10 test samples of 10 classes");
    assert_string_equal(words, w.words);
    assert_string_equal(w.folder, temp_path("png-folder"));
    q.train_limit = 20;
    write_or_fail(&q);
    struct dataset ds = open_or_fail(&(struct dataset_request){.name = q.name, .dir = q.dir});
    assert_int_equal(ds.train.n, 20);
    dataset_close(&ds);
    /* 2 + 1 for folder and mark, 2 splits, 2 x 10 classes, 30 files: nothing else is left */
    assert_int_equal(n_files(temp_dir), 3 + 2 + 20 + 30);
    if (file_replace(temp_path("png-folder/GENERATED.txt"), "Mine.\n", 6, &e))
        fail_msg("%s", e.text);
    check_not_written(&q, 0, "png-folder: exists, and has no GENERATED.txt that says");
    remove(temp_path("png-folder/GENERATED.txt"));
    check_not_written(&q, 0, "png-folder: exists, and has no GENERATED.txt that says");
    assert_int_equal(dataset_was_written("png-folder", temp_dir, words, sizeof(words)), 0);
    dataset_unwrite("png-folder", temp_dir);
    assert_int_equal(n_files(temp_dir), 2 + 2 + 20 + 30);
    remove_all("png-folder");
}

/* If the disk is full, or a file may not be that large, the old folder stays and no new one
 * appears. */

static void a_failure_leaves_everything_as_it_was(void **state)
{
    (void)state;
    static const char *const names[] = {"cifar10", "imagenet32", "ag_news", "fashion-mnist"};
    struct rlimit before, small;
    struct dataset_request q = request("imagenet32", 20, 10);
    char words[256];
    write_or_fail(&q);
    int n = n_files(temp_dir);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before, small.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct written w;
        struct err e = {0};
        q = request(names[i], 5000, 1000);
        int rc = dataset_write(&w, &q, difficulty, &e);
        if (rc == 0)
            setrlimit(RLIMIT_FSIZE, &before);
        assert_int_equal(rc, -1);
        check_says(e, ": writing failed: ");
        assert_int_equal(n_files(temp_dir), n);
    }
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(dataset_was_written("imagenet32", temp_dir, words, sizeof(words)), 1);
    assert_non_null(strstr(words, ": 20 training"));
    dataset_unwrite("cifar10", temp_dir);
    assert_int_equal(n_files(temp_dir), n);
    dataset_unwrite("imagenet32", temp_dir);
    assert_int_equal(n_files(temp_dir), 1);
}

/* SHA-256 of all files of a folder, in the order of their names. */
static void sum_of(const char *name, char sum[HASH_TEXT])
{
    char command[1024];
    snprintf(command, sizeof(command),
             "cd '%s' && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum",
             temp_path(name));
    FILE *f = popen(command, "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%64s", sum), 1);
    assert_int_equal(pclose(f), 0);
}

static void the_same_request_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"imagenet32", "imagenet32"}, {"png-folder", "png-folder"}, {"ag_news", "ag_news_csv"}};
    for (size_t i = 0; i < LENGTH(names); i++) {
        char sum[3][HASH_TEXT] = {""};
        for (int turn = 0; turn < 3; turn++) {
            struct dataset_request q = request(names[i][0], 50, 20);
            q.seed += turn == 2;
            write_or_fail(&q);
            sum_of(names[i][1], sum[turn]);
        }
        assert_string_equal(sum[0], sum[1]);
        assert_string_not_equal(sum[0], sum[2]);
        remove_all(names[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images_are_the_synthetic_ones),
        cmocka_unit_test(texts_are_the_synthetic_ones),
        cmocka_unit_test(classes_are_as_many_as_asked_for),
        cmocka_unit_test(cifar10_is_whole),
        cmocka_unit_test(fashion_mnist_is_whole),
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(only_what_was_generated_is_replaced),
        cmocka_unit_test(a_failure_leaves_everything_as_it_was),
        cmocka_unit_test(the_same_request_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
