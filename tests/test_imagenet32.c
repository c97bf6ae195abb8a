/* test_imagenet32: the npz files of ImageNet at 32x32, made here, and the real ones. */
#include "core/file.h"
#include "core/npz.h"
#include "tests/files.h"

enum { PLANE = 1024, ROW = 3 * PLANE, N = 200 };

/* The byte of row r, plane c, pixel p in the files made here. */
static uint8_t byte_of(int r, int c, int p)
{
    return (uint8_t)(r * 31 + c * 85 + p * 7 + p / 256);
}

static const char *path_in(const char *name)
{
    char path[64];
    snprintf(path, sizeof(path), "imagenet32/%s", name);
    return temp_path(path);
}

/* A file of n rows, the first of them number first of the split, row i labelled 1 + i % n_class. */
static void write_batch(const char *name, int first, int n, int n_class, const char *type)
{
    struct npz z = {0};
    struct err e = {0};
    uint8_t *x = xcalloc((size_t)n + 1, ROW);
    union {
        int64_t i8[N];
        int32_t i4[N];
        uint8_t u1[N];
    } y;
    for (int i = 0; i < n; i++) {
        int label = 1 + (first + i) % n_class;
        if (type[1] == '8')
            y.i8[i] = label;
        else if (type[1] == '4')
            y.i4[i] = label;
        else
            y.u1[i] = (uint8_t)label;
        for (int k = 0; k < ROW; k++)
            x[i * ROW + k] = byte_of(first + i, k / PLANE, k % PLANE);
    }
    const double mean[] = {1, 2, 3};
    npz_add(&z, "mean", "f8", 1, (size_t[]){3}, mean);
    npz_add(&z, "data", "u1", 2, (size_t[]){(size_t)n, ROW}, x);
    npz_add(&z, "labels", type, 1, (size_t[]){(size_t)n}, &y);
    if (npz_write(&z, path_in(name), &e))
        fail_msg("%s", e.text);
    npz_close(&z);
    free(x);
}

/* Two training files of 150 and 50 rows of 10 classes, 30 validation rows. */
static void write_set(void)
{
    remove(path_in("train_data_batch_3.npz"));
    write_batch("train_data_batch_1.npz", 0, 150, 10, "i8");
    write_batch("train_data_batch_2.npz", 150, 50, 10, "i4");
    write_batch("val_data.npz", 0, 30, 10, "u1");
}

/* Sample at of a split is row r of the files. */
static void check_row(const struct split *s, int at, int r)
{
    assert_int_equal(s->y[at], r % 10);
    for (int p = 0; p < PLANE; p++)
        for (int c = 0; c < 3; c++)
            assert_int_equal(s->x[at * ROW + p * 3 + c], byte_of(r, c, p));
}

static void all_files_are_read(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "imagenet32", .dir = temp_dir};
    write_set();
    struct dataset ds = open_or_fail(&q);
    assert_string_equal(ds.name, "imagenet32");
    assert_true(ds.h == 32 && ds.w == 32 && ds.c == 3 && ds.n_class == 10);
    check_constants(&ds, (double[]){0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
    assert_true(ds.train.n == 200 && ds.test.n == 30);
    for (int i = 0; i < 200; i++)
        check_row(&ds.train, i, i);
    for (int i = 0; i < 30; i++)
        check_row(&ds.test, i, i);
    dataset_close(&ds);
}

/* Change a pixel of a row: only the checksum, at the end of reading, can show it. */
static void spoil_row(const char *name, int row)
{
    struct err e = {0};
    size_t size;
    char *bytes = file_read(path_in(name), 1 << 20, &size, &e);
    bytes[512 + row * ROW] ^= 1;
    assert_int_equal(file_replace(path_in(name), bytes, size, &e), 0);
    free(bytes);
}

static void write_labels(const char *text)
{
    struct err e = {0};
    if (file_replace(path_in("labels.txt"), text, strlen(text), &e))
        fail_msg("%s", e.text);
}

static void classes_are_called_as_labels_say(void **state)
{
    (void)state;
    static const char *const bad[] = {"1\tn01\tfish\n3\tn02\tbird\n", "1\tn01\tfish\n2\tbird\n",
                                      "1\tn01\tfish\n2 n02 bird\n"};
    struct class_names c;
    struct err e = {0};
    check_names("imagenet32", temp_dir, "");
    write_labels("1\tn01443537\tgoldfish, Carassius auratus\n2\tn02\ttree frog\n3\tn03\t\n");
    check_names("imagenet32", temp_dir, "goldfish|tree frog||");
    for (size_t i = 0; i < LENGTH(bad); i++) {
        write_labels(bad[i]);
        assert_int_equal(dataset_class_names(&c, "imagenet32", temp_dir, &e), -1);
        check_says(e, "imagenet32/labels.txt: line 2 is not \"2<tab>WordNet id<tab>words\"");
        assert_int_equal(c.n, 0);
    }
    remove(path_in("labels.txt"));
}

/* All files are listed whatever the limits are, since every file's labels are read. */
static void all_training_files_are_read(void **state)
{
    (void)state;
    static const char names[] = "imagenet32/train_data_batch_1.npz|"
                                "imagenet32/train_data_batch_2.npz|imagenet32/val_data.npz|";
    struct dataset_request q = {.name = "imagenet32", .dir = temp_dir, .train_limit = 1};
    write_set();
    write_labels("1\tn01443537\tgoldfish\n");
    check_file_names(&q, names);
    q.train_limit = 0;
    check_file_names(&q, names);
    check_files_are_read(&q, "imagenet32", 1);
    struct file_list list;
    struct err e = {0};
    remove(path_in("labels.txt"));
    remove(path_in("train_data_batch_1.npz"));
    assert_int_equal(dataset_files(&q, &list, &e), -1);
    check_says(e, "train_data_batch_1.npz: is not there, but train_data_batch_2.npz is");
    file_list_release(&list);
}

static void no_training_file_is_passed_over(void **state)
{
    (void)state;
    static const char *const other[] = {"train_data_batch_0.npz", "train_data_batch_03.npz",
                                        "train_data_batch_2 (1).npz", "train_data_batch_.npz",
                                        "train_data_batch_12345.npz"};
    struct dataset_request q = {.name = "imagenet32", .dir = temp_dir};
    write_set();
    for (size_t i = 0; i < LENGTH(other); i++) {
        write_batch(other[i], 0, 3, 3, "u1");
        check_refused(&q, 0, other[i]);
        check_refused(&q, 0, "npz: would not be read: rename it to train_data_batch_<k>.npz");
        remove(path_in(other[i]));
    }
    write_batch("train_data_batch_3.npz.part", 0, 3, 3, "u1");
    struct dataset ds = open_or_fail(&q);
    assert_int_equal(ds.train.n, 200);
    dataset_close(&ds);
    remove(path_in("train_data_batch_3.npz.part"));
}

static void limits_read_no_more_than_needed(void **state)
{
    (void)state;
    struct dataset_request q = {
        .name = "imagenet32", .dir = temp_dir, .train_limit = 151, .test_limit = 7};
    write_set();
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.train.n == 151 && ds.test.n == 7 && ds.n_class == 10);
    for (int i = 0; i < 151; i++)
        check_row(&ds.train, i, i);
    dataset_close(&ds);
    spoil_row("train_data_batch_2.npz", 49);
    q.train_limit = 150;
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 150 && ds.n_class == 10);
    dataset_close(&ds);
    q.train_limit = 0;
    check_refused(&q, 0, "train_data_batch_2.npz: member 'data.npy' is damaged at byte ");
    q.train_limit = 201;
    check_refused(&q, 1, "imagenet32: 201 training images are asked for, but there are 200");
    spoil_row("train_data_batch_1.npz", 149);
    q.train_limit = 150;
    check_refused(&q, 0, "train_data_batch_1.npz: member 'data.npy' is damaged at byte ");
    /* there are as many classes as all labels have, not those within the limit */
    q.train_limit = 5;
    ds = open_or_fail(&q);
    assert_true(ds.train.n == 5 && ds.n_class == 10);
    dataset_close(&ds);
}

static double told;
static void tell(const struct dataset *ds, double bytes)
{
    (void)ds;
    told = bytes;
}

static void classes_are_chosen_before_limits(void **state)
{
    (void)state;
    struct dataset_request q = {
        .name = "imagenet32", .dir = temp_dir, .classes = 4, .train_limit = 70, .tell = tell};
    write_set();
    struct dataset ds = open_or_fail(&q);
    assert_true(ds.train.n == 70 && ds.test.n == 12 && ds.n_class == 4);
    check_close(told, (70 + 12) * (ROW + 4.0), 0);
    for (int i = 0; i < 70; i++)
        check_row(&ds.train, i, i / 4 * 10 + i % 4);
    for (int i = 0; i < 12; i++)
        check_row(&ds.test, i, i / 4 * 10 + i % 4);
    dataset_close(&ds);
    q.train_limit = 81;
    check_refused(&q, 1, "81 training images are asked for, but there are 80");
    q.classes = 11;
    check_refused(&q, 1, "the first 11 classes are asked for, but there are 10");
}

static void files_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "imagenet32", .dir = temp_path("nowhere")};
    check_refused(&q, 0, "nowhere/imagenet32: there is no such folder; put train_data_batch_1.npz");
    q.dir = temp_dir;
    write_set();
    write_batch("val_data.npz", 0, 30, 11, "i8");
    check_refused(&q, 0, "val_data.npz: row 10 has the label 11; the training files have 1 to 10");
    q.classes = 3; /* also where that row is not asked for */
    check_refused(&q, 0, "val_data.npz: row 10 has the label 11");
    q.classes = 0;
    remove(path_in("val_data.npz"));
    check_refused(&q, 0, "val_data.npz: cannot be read: No such file");
    write_set();
    assert_int_equal(rename(path_in("train_data_batch_2.npz"), path_in("train_data_batch_4.npz")),
                     0);
    check_refused(&q, 0, "train_data_batch_2.npz: is not there, but train_data_batch_4.npz is");
    remove(path_in("train_data_batch_4.npz"));
    struct dataset ds = open_or_fail(&q);
    assert_int_equal(ds.train.n, 150);
    dataset_close(&ds);
    write_batch("train_data_batch_1.npz", 0, 0, 10, "i8");
    check_refused(&q, 0, "val_data.npz: row 0 has the label 1; the training files have 1 to 0");
    write_batch("val_data.npz", 0, 0, 10, "i8");
    check_refused(&q, 0, "imagenet32: there are no training samples of the classes asked for");
    remove(path_in("train_data_batch_1.npz"));
    check_refused(&q, 0, "imagenet32: has no train_data_batch_1.npz");
    char *deep = xcalloc(5000, 1);
    q.dir = memset(deep, 'd', 4999);
    check_refused(&q, 1, "the path is longer than 4095 characters");
    free(deep);
}

/* What arrays a first training file can have, and what is said of it. */
struct arrays {
    const char *words, *x_type, *y_type;
    int x_n_dim, y_n_dim;
    size_t x_dim[3], y_dim[2];
    int64_t label;
};

static void malformed_arrays_are_refused(void **state)
{
    (void)state;
    static const struct arrays bad[] = {
        {"row 1 has the label 0; labels are 1 to 1000", "u1", "i8", 2, 1, {2, ROW}, {2}, 0},
        {"row 1 has the label -9223372036854775808", "u1", "i8", 2, 1, {2, ROW}, {2}, INT64_MIN},
        {"row 1 has the label 4294967297;", "u1", "i8", 2, 1, {2, ROW}, {2}, 4294967297},
        {"row 1 has the label 1001;", "u1", "i4", 2, 1, {2, ROW}, {2}, 1001},
        {"has 3 rows, but array 'labels' 2", "u1", "i8", 2, 1, {3, ROW}, {2}, 1},
        {"has 1 rows, but array 'labels' 2", "u1", "i8", 2, 1, {1, ROW}, {2}, 1},
        {"array 'data' is of type u1 and has 2 dimensions, the last of 3071; it must be u1 with "
         "two, (N, 3072)",
         "u1",
         "i8",
         2,
         1,
         {2, ROW - 1},
         {2},
         1},
        {"is of type u1 and has 1 dimensions, the last of 3072", "u1", "i8", 1, 1, {ROW}, {1}, 1},
        {"is of type u1 and has 0 dimensions, the last of 0", "u1", "i8", 0, 1, {0}, {1}, 1},
        {"is of type u1 and has 3 dimensions", "u1", "i8", 3, 1, {2, 3, PLANE}, {2}, 1},
        {"is of type f4 and has 2 dimensions", "f4", "i8", 2, 1, {2, ROW}, {2}, 1},
        {"array 'labels' is of type f8 and has 1 dimensions; it must be i8, i4 or u1 with one",
         "u1",
         "f8",
         2,
         1,
         {2, ROW},
         {2},
         1},
        {"array 'labels' is of type i8 and has 2 dimensions",
         "u1",
         "i8",
         2,
         2,
         {2, ROW},
         {2, 1},
         1},
        {"has no array 'labels'; it has: data", "u1", NULL, 2, 0, {2, ROW}, {0}, 1},
        {"has no array 'data'; it has: labels", NULL, "i8", 0, 1, {0}, {2}, 1},
    };
    struct dataset_request q = {.name = "imagenet32", .dir = temp_dir};
    char *x = xcalloc(3 * ROW, 4);
    for (size_t i = 0; i < LENGTH(bad); i++) {
        const struct arrays *b = &bad[i];
        int64_t i8[] = {1, b->label};
        int32_t i4[] = {1, (int32_t)b->label};
        struct npz z = {0};
        struct err e = {0};
        write_set();
        if (b->x_type)
            npz_add(&z, "data", b->x_type, b->x_n_dim, b->x_dim, x);
        if (b->y_type)
            npz_add(&z, "labels", b->y_type, b->y_n_dim, b->y_dim,
                    b->y_type[1] == '4' ? (const void *)i4 : i8);
        assert_int_equal(npz_write(&z, path_in("train_data_batch_1.npz"), &e), 0);
        npz_close(&z);
        check_refused(&q, 0, b->words);
        check_refused(&q, 0, "train_data_batch_1.npz: ");
    }
    free(x);
}

/* Cut, or one byte inverted, at places all over the file: refused or read, never a crash. */
static void no_byte_can_crash(void **state)
{
    (void)state;
    struct dataset_request q = {.name = "imagenet32", .dir = temp_dir};
    struct err e = {0};
    size_t size;
    int n_refused = 0, n = 0;
    write_set();
    write_batch("train_data_batch_2.npz", 150, 1, 10, "i8");
    const char *name = "train_data_batch_2.npz";
    char *all = file_read(path_in(name), 1 << 20, &size, &e);
    for (size_t i = 0; i<2 * size; i += i % size> 700 && i % size < size - 700 ? 97 : 1, n++) {
        char *at = &all[i % size];
        *at = (char)~*at;
        FILE *f = fopen(path_in(name), "wb");
        assert_int_equal(fwrite(all, 1, i < size ? size : i - size, f), i < size ? size : i - size);
        fclose(f);
        *at = (char)~*at;
        struct dataset ds;
        if (dataset_open(&ds, &q, &e) == 0) {
            dataset_close(&ds);
        } else {
            check_says(e, "imagenet32");
            n_refused++;
        }
    }
    assert_in_range(n_refused, n / 2, n);
    free(all);
}

/* --- the real files --- */

static void real_classes_are_balanced(void **state)
{
    (void)state;
    const char *dir = real_data("imagenet32");
    struct dataset ds = open_or_fail(&(struct dataset_request){.name = "imagenet32", .dir = dir});
    int count[2][100] = {{0}};
    assert_int_equal(ds.n_class, 100);
    assert_true(ds.train.n == 30000 && ds.test.n == 5000);
    for (int i = 0; i < ds.train.n; i++)
        count[0][ds.train.y[i]]++;
    for (int i = 0; i < ds.test.n; i++)
        count[1][ds.test.y[i]]++;
    for (int k = 0; k < 100; k++)
        assert_true(count[0][k] == 300 && count[1][k] == 50);
    dataset_close(&ds);
    ds = open_or_fail(&(struct dataset_request){
        .name = "imagenet32", .dir = dir, .classes = 10, .train_limit = 2000});
    assert_true(ds.train.n == 2000 && ds.test.n == 500 && ds.n_class == 10);
    dataset_close(&ds);
}

/* The rows of the stored file are among those of the deflated ones, under the same labels; and the
 * mean that it has is that of all training rows. */
static void real_stored_rows_are_the_deflated_ones(void **state)
{
    (void)state;
    const char *dir = real_data("imagenet32");
    char target[2][512], path[512];
    struct npz z;
    struct err e = {0};
    struct dataset ds = open_or_fail(&(struct dataset_request){.name = "imagenet32", .dir = dir});
    snprintf(path, sizeof(path), "%s/imagenet32/tiny-stored.npz", dir);
    assert_non_null(realpath(path, target[0]));
    snprintf(path, sizeof(path), "%s/imagenet32/val_data.npz", dir);
    assert_non_null(realpath(path, target[1]));
    remove(path_in("train_data_batch_1.npz"));
    remove(path_in("train_data_batch_2.npz"));
    remove(path_in("val_data.npz"));
    assert_int_equal(symlink(target[0], path_in("train_data_batch_1.npz")), 0);
    assert_int_equal(symlink(target[1], path_in("val_data.npz")), 0);
    struct dataset tiny =
        open_or_fail(&(struct dataset_request){.name = "imagenet32", .dir = temp_dir});
    assert_true(tiny.train.n == 100 && tiny.n_class == 100);
    assert_memory_equal(tiny.test.x, ds.test.x, 5000 * ROW);
    for (int i = 0; i < 100; i++) {
        int found = 0;
        for (int j = 0; j < ds.train.n; j++)
            found += ds.train.y[j] == tiny.train.y[i] &&
                     !memcmp(ds.train.x + j * ROW, tiny.train.x + i * ROW, ROW);
        assert_in_range(found, 1, 2); /* a handful of images occur twice */
    }
    if (npz_read(&z, target[0], &e))
        fail_msg("%s", e.text);
    const struct npz_array *mean = npz_find(&z, target[0], "mean", &e);
    for (int k = 0; k < ROW; k += 101) {
        double sum = 0;
        for (int j = 0; j < ds.train.n; j++)
            sum += ds.train.x[j * ROW + k % PLANE * 3 + k / PLANE];
        check_close(sum / ds.train.n, ((const double *)mean->data)[k], 1e-9);
    }
    npz_close(&z);
    dataset_close(&tiny);
    dataset_close(&ds);
}

/* The folder of all tests here, with imagenet32 in it. */
static int make_folder(void **state)
{
    return temp_make(state) || mkdir(path_in(""), 0777);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_files_are_read),
        cmocka_unit_test(classes_are_called_as_labels_say),
        cmocka_unit_test(all_training_files_are_read),
        cmocka_unit_test(no_training_file_is_passed_over),
        cmocka_unit_test(limits_read_no_more_than_needed),
        cmocka_unit_test(classes_are_chosen_before_limits),
        cmocka_unit_test(files_that_do_not_fit_are_refused),
        cmocka_unit_test(malformed_arrays_are_refused),
        cmocka_unit_test(no_byte_can_crash),
        cmocka_unit_test(real_classes_are_balanced),
        cmocka_unit_test(real_stored_rows_are_the_deflated_ones),
    };
    return cmocka_run_group_tests(tests, make_folder, temp_remove);
}
