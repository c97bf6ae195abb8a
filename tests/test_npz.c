/* test_npz: archives that were written are read back; archives that lie are refused.  NumPy's
 * headers are given here byte by byte. */
#include "core/file.h"
#include "core/memory.h"
#include "core/random.h"
#include "tests/arrays.h"
#include "tests/data.h"
#include "tests/temp.h"
#include <stdlib.h>
#include <zip.h>

/* Write an archive with one member of the given bytes; deflated, or stored. */
static const char *archive(const char *member, const void *bytes, size_t n, int deflated)
{
    const char *path = temp_path("made.npz");
    remove(path);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    zip_source_t *s = zip_source_buffer(zip, bytes, n, 0);
    zip_int64_t i = zip_file_add(zip, member, s, 0);
    assert_int_equal(
        zip_set_file_compression(zip, (zip_uint64_t)i, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0),
        0);
    assert_int_equal(zip_close(zip), 0);
    return path;
}

/* An archive of one npy file called "a.npy": version, header text, n bytes of data. */
static const char *npy_archive(int version, const char *text, const void *data, size_t n)
{
    unsigned char bytes[1024] = "\x93NUMPY";
    size_t length = strlen(text), prefix = version == 1 ? 10 : 12;
    bytes[6] = (unsigned char)version;
    bytes[8] = (unsigned char)(length & 255), bytes[9] = (unsigned char)(length >> 8);
    assert_true(prefix + length + n <= sizeof(bytes));
    memcpy(bytes + prefix, text, length);
    memcpy(bytes + prefix + length, data, n);
    return archive("a.npy", bytes, prefix + length + n, 1);
}

static void arrays_survive_a_round_trip(void **state)
{
    (void)state;
    const float f4[2][3] = {{1, 2, 3}, {-4, 0.5f, INFINITY}};
    const double f8[] = {0.1};
    const int32_t i4[] = {-1, INT32_MAX};
    const int64_t i8[] = {INT64_MIN, 7};
    const uint8_t u1[2][2][1][2] = {{{{0, 255}}, {{1, 2}}}, {{{3, 4}}, {{5, 6}}}}, b1[] = {1, 0};
    const uint32_t names[2][3] = {{'a', 0x3b1, 0}, {'x', 'y', 'z'}};
    struct npz z = {0}, r;
    struct err e = {0};
    npz_add(&z, "f4", "f4", 2, (size_t[]){2, 3}, f4);
    npz_add(&z, "scalar", "f8", 0, NULL, f8);
    npz_add(&z, "i4", "i4", 1, (size_t[]){2}, i4);
    npz_add(&z, "i8", "i8", 1, (size_t[]){2}, i8);
    npz_add(&z, "u1", "u1", 4, (size_t[]){2, 2, 1, 2}, u1);
    npz_add(&z, "b1", "b1", 1, (size_t[]){2}, b1);
    npz_add(&z, "names", "U3", 1, (size_t[]){2}, names);
    npz_add(&z, "none", "f4", 2, (size_t[]){0, 5}, NULL);
    const char *path = temp_path("round.npz");
    assert_int_equal(npz_write(&z, path, &e), 0);
    assert_int_equal(npz_read(&r, path, &e), 0);
    check_read_back(&r, &z, path);
    assert_null(npz_find(&r, path, "f5", &e));
    check_says(e, "has no array 'f5'; it has: f4, scalar, i4, i8, u1, b1, names, none");
    npz_close(&r);
    npz_close(&z);
}

/* Deflated, a file is smaller and reads the same. */
static void compressed_arrays_come_back(void **state)
{
    (void)state;
    enum { N = 100000 };
    struct npz z = {0}, r;
    struct err e = {0};
    struct stat s;
    int64_t *count = xcalloc(N, sizeof(*count));
    for (int i = 0; i < N; i++)
        count[i] = i / 100;
    npz_add(&z, "count", "i8", 1, (size_t[]){N}, count);
    const char *path = temp_path("deflated.npz");
    for (z.deflate = 0; z.deflate <= 1; z.deflate++) {
        assert_int_equal(npz_write(&z, path, &e), 0);
        assert_int_equal(stat(path, &s), 0);
        assert_true(z.deflate ? s.st_size < N : s.st_size > 8 * N);
        assert_int_equal(npz_read(&r, path, &e), 0);
        assert_memory_equal(r.array[0].data, count, N * sizeof(*count));
        npz_close(&r);
    }
    npz_close(&z);
    free(count);
}

static void numbers_become_doubles(void **state)
{
    (void)state;
    struct npz z = {0};
    npz_add(&z, "a", "f4", 1, (size_t[]){2}, (const float[]){1.5f, -2});
    npz_add(&z, "b", "f8", 1, (size_t[]){2}, (const double[]){1.5, -2});
    npz_add(&z, "c", "i4", 1, (size_t[]){2}, (const int32_t[]){3, -2});
    npz_add(&z, "d", "i8", 1, (size_t[]){2}, (const int64_t[]){INT64_C(1) << 40, -2});
    npz_add(&z, "e", "u1", 1, (size_t[]){2}, (const uint8_t[]){200, 1});
    npz_add(&z, "f", "b1", 1, (size_t[]){2}, (const uint8_t[]){1, 0});
    const double want[][2] = {{1.5, -2}, {1.5, -2}, {3, -2}, {0x1p40, -2}, {200, 1}, {1, 0}};
    for (int i = 0; i < z.n; i++) {
        double *x = npz_doubles(&z.array[i]);
        check_close(x[0], want[i][0], 0);
        check_close(x[1], want[i][1], 0);
        free(x);
    }
    npz_close(&z);
}

static void equal_arrays_give_equal_files(void **state)
{
    (void)state;
    struct npz z = {0};
    struct err e = {0};
    size_t n[2];
    npz_add(&z, "a", "u1", 1, (size_t[]){3}, "abc");
    const char *one = temp_path("one.npz"), *two = temp_path("two.npz");
    assert_int_equal(npz_write(&z, one, &e), 0);
    assert_int_equal(npz_write(&z, two, &e), 0);
    assert_int_equal(npz_write(&z, two, &e), 0); /* replaces what is there */
    char *a = file_read(one, 4096, &n[0], &e), *b = file_read(two, 4096, &n[1], &e);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(a, b, n[0]);
    free(a);
    free(b);
    assert_int_equal(npz_write(&z, temp_path("no/folder.npz"), &e), -1);
    check_says(e, "no/folder.npz: ");
    npz_close(&z);
}

static void headers_of_all_versions_are_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }      \n",
        "{'shape': (1,2), \"fortran_order\": False, 'descr': '<i4'}",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (1L, 2L,)}\n",
    };
    const int32_t want[] = {5, -6};
    for (int version = 1; version <= 3; version++)
        for (size_t t = 0; t < LENGTH(texts); t++) {
            struct npz z;
            struct err e = {0};
            const char *path = npy_archive(version, texts[t], want, sizeof(want));
            if (npz_read(&z, path, &e))
                fail_msg("%s", e.text);
            assert_int_equal(z.array[0].n_dim, 2);
            assert_int_equal(z.array[0].dim[1], 2);
            assert_memory_equal(z.array[0].data, want, sizeof(want));
            npz_close(&z);
        }
}

static void check_not_read(const char *path, const char *words)
{
    struct npz z;
    struct err e = {0};
    assert_int_equal(npz_read(&z, path, &e), -1);
    assert_int_equal(z.n, 0);
    assert_null(z.array);
    check_says(e, words);
    check_says(e, path);
}

#define HEADER(descr, order, shape)                                                                \
    "{'descr': '" descr "', 'fortran_order': " order ", 'shape': " shape ", }\n"

static void lying_headers_are_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {HEADER("<f4", "False", "(3,)"),
         "has 8 bytes of data, but its header says another size: shape (3,) of 4 bytes each"},
        {HEADER("<f4", "False", "()"), "its header says another size: shape () of 4 bytes each"},
        {HEADER("<f4", "False", "(0,)"), "its header says another size"},
        {HEADER("<f4", "False", "(4611686018427387904, 4)"), "its header says another size"},
        {HEADER("<f4", "False", "(4611686018427387906,)"), "its header says another size"},
        {HEADER("<f4", "False", "(99999999999999999999999,)"), "no header of a plain array"},
        {HEADER("<f4", "False", "(1, 1, 1, 1, 2)"), "of up to 4 dimensions"},
        {HEADER("<f4", "False", "(-2,)"), "no header of a plain array"},
        {HEADER("<f4", "False", "(2"), "no header of a plain array"},
        {HEADER("<f4", "False", "2"), "no header of a plain array"},
        {HEADER("<f4", "0", "(2,)"), "no header of a plain array"},
        {HEADER("<f4", "True", "(1, 2)"), "is in Fortran order; save it in C order"},
        {HEADER(">f4", "False", "(2,)"), "has the type '>f4'; only <f4 <f8"},
        {HEADER("|f4", "False", "(2,)"), "has the type '|f4'"},
        {HEADER("<f2", "False", "(4,)"), "has the type '<f2'"},
        {HEADER("|O", "False", "(1,)"), "has the type '|O'"},
        {HEADER("<U0", "False", "(99,)"), "has the type '<U0'"},
        {HEADER("<U99999999", "False", "(1,)"), "has the type '<U99999999'"},
        {HEADER("", "False", "(1,)"), "has the type ''"},
        {"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}", "no header"},
        {"{'descr': '<f4', 'shape': (2,)}", "no header"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)", "no header"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x", "no header"},
        {"{'descr", "no header"},
        {"", "no header"},
    };
    for (size_t i = 0; i < LENGTH(bad); i++)
        check_not_read(npy_archive(1, bad[i][0], "12345678", 8), bad[i][1]);
    check_not_read(npy_archive(4, HEADER("<f4", "False", "(2,)"), "12345678", 8), "no header");
    check_not_read(archive("a.npy", "\x93NUMPY\1\0\xff\xff{'descr'", 18, 0), "no header");
    check_not_read(archive("a.npy", "\x93NUMPY\1", 7, 0), "no header");
    check_not_read(archive("a.npy", "", 0, 0), "no header");
}

/* Change the n bytes at the k-th (from 0) place where the text is in the file. */
static void patch(const char *path, const char *text, size_t n_text, int k, size_t offset,
                  const char *bytes, size_t n)
{
    struct err e = {0};
    size_t size;
    char *all = file_read(path, 1 << 20, &size, &e);
    for (size_t i = 0; i + n_text <= size; i++)
        if (!memcmp(all + i, text, n_text) && k-- == 0) {
            memcpy(all + i + offset, bytes, n);
            assert_int_equal(file_replace(path, all, size, &e), 0);
            free(all);
            return;
        }
    fail();
}

/* An npy file of 256 bytes: a header of 64 that says how many digits follow, and 192 of them. */
static const char *digits_archive(const char *shape, int deflated)
{
    char bytes[256 + 1];
    memset(bytes, '7', sizeof(bytes));
    memcpy(bytes, "\x93NUMPY\1\0\x36\0", 10);
    snprintf(bytes + 10, 55, "{'descr':'|u1','fortran_order':False,'shape':%-9s", shape);
    bytes[64] = '7';
    return archive("a.npy", bytes, 256, deflated);
}

static void damaged_archives_are_refused(void **state)
{
    (void)state;
    const char *path = digits_archive("(192,)}", 0);
    patch(path, "77777777", 8, 0, 0, "x", 1);
    check_not_read(path, "member 'a.npy' is damaged at byte 256 of 256: CRC error");
    path = digits_archive("(192,)}", 0);
    patch(path, "'descr'", 7, 0, 0, "x", 1);
    check_not_read(path, "array 'a', byte 11: has no header");
    /* the uncompressed size in the central directory: 4 GB where 256 bytes are */
    path = digits_archive("(192,)}", 1);
    patch(path, "PK\1\2", 4, 0, 24, "\0\0\0\xf0", 4);
    check_not_read(path,
                   "member 'a.npy' says it has 4026531840 bytes, packed into 68; that is larger");
    /* the compressed size */
    path = digits_archive("(192,)}", 1);
    patch(path, "PK\1\2", 4, 0, 20, "\0\0\0\x10", 4);
    check_not_read(path, "made.npz: ");
    /* 100 bytes more than there are: by the directory, then by the array's own header too */
    path = digits_archive("(192,)}", 1);
    patch(path, "PK\1\2", 4, 0, 24, "\x64\1", 2);
    check_not_read(path, "array 'a' has 292 bytes of data, but its header says another size");
    path = digits_archive("(292,)}", 1);
    patch(path, "PK\1\2", 4, 0, 24, "\x64\1", 2);
    check_not_read(path, "member 'a.npy' is damaged at byte 256 of 356: it ends there");

    struct err e = {0};
    assert_int_equal(file_replace(path, "not a zip archive", 17, &e), 0);
    check_not_read(path, "its 17 bytes cannot be read as a zip archive, which an npz file is: Not");
    assert_int_equal(file_replace(path, "", 0, &e), 0);
    check_not_read(path, "made.npz: ");
    check_not_read(temp_path("none.npz"), "cannot be read: No such file");
    check_not_read(temp_dir, "not a regular file");
}

/* An archive that claims a thousand times its real size must not take the memory for it. */
static void lies_take_no_memory(void **state)
{
    (void)state;
    enum { HEAD = 128, DATA = 1 << 18, SAID = 200000000 };
    static unsigned char bytes[HEAD + DATA];
    struct random random;
    memcpy(bytes, "\x93NUMPY\1\0\x76\0", 10);
    snprintf((char *)bytes + 10, HEAD - 9, "%-118s",
             "{'descr':'|u1','fortran_order':False,'shape':(200000000,)}");
    random_init(&random, 1, RANDOM_TEST, 0, 0);
    for (int i = HEAD; i < HEAD + DATA; i++)
        bytes[i] = (unsigned char)random_u32(&random);
    const char *path = archive("a.npy", bytes, sizeof(bytes), 1);
    const uint32_t size = SAID + HEAD;
    patch(path, "PK\1\2", 4, 0, 24, (const char *)&size, 4);
    double before = memory_taken();
    check_not_read(path, "member 'a.npy' is damaged at byte 262272 of 200000128: it ends there");
    assert_true(memory_taken() - before < 50e6);
}

/* Cut at every byte, and every byte inverted: a sentence or an array, never a crash. */
static void no_byte_can_crash(void **state)
{
    (void)state;
    struct npz z = {0}, r;
    struct err e = {0};
    size_t size;
    npz_add(&z, "a", "f4", 1, (size_t[]){2}, "12345678");
    const char *path = temp_path("bytes.npz");
    assert_int_equal(npz_write(&z, path, &e), 0);
    npz_close(&z);
    char *all = file_read(path, 4096, &size, &e);
    for (size_t i = 0; i < 2 * size; i++) {
        char *at = &all[i % size];
        *at = (char)~*at;
        FILE *f = fopen(path, "wb");
        assert_int_equal(fwrite(all, 1, i < size ? size : i - size, f), i < size ? size : i - size);
        fclose(f);
        *at = (char)~*at;
        e.text[0] = '\0';
        if (npz_read(&r, path, &e) == 0)
            npz_close(&r);
        else
            check_says(e, path);
    }
    free(all);
}

/* zipfile in Python writes a name twice, with a warning. */
static void two_members_of_one_name_are_refused(void **state)
{
    (void)state;
    struct npz z = {0}, r;
    struct err e = {0};
    size_t size;
    npz_add(&z, "first", "u1", 0, NULL, "1");
    npz_add(&z, "other", "u1", 0, NULL, "2");
    const char *path = temp_path("twice.npz");
    assert_int_equal(npz_write(&z, path, &e), 0);
    npz_close(&z);
    char *bytes = file_read(path, 1 << 12, &size, &e);
    for (char *at = bytes; at + 9 <= bytes + size; at++)
        if (!memcmp(at, "other.npy", 9))
            memcpy(at, "first", 5);
    assert_int_equal(file_replace(path, bytes, size, &e), 0);
    free(bytes);
    assert_int_equal(npz_read(&r, path, &e), -1);
    check_says(e, "twice.npz: has two members 'first.npy', but must have one of each name");
}

static void other_members_are_passed_over(void **state)
{
    (void)state;
    struct npz z;
    struct err e = {0};
    assert_int_equal(npz_read(&z, archive("readme.txt", "hello", 5, 0), &e), 0);
    assert_int_equal(z.n, 0);
    assert_null(npz_find(&z, "x.npz", "a", &e));
    check_says(e, "x.npz: has no array 'a'");
    npz_close(&z);
}

/* The npz files of the data packs, written by NumPy: stored, and deflated. */
static void numpy_files_are_read(void **state)
{
    (void)state;
    const char *data = real_data("imagenet32");
    char path[512];
    struct npz z;
    struct err e = {0};
    static const char *const names[] = {"tiny-stored", "val_data"};
    for (size_t i = 0; i < LENGTH(names); i++) {
        snprintf(path, sizeof(path), "%s/imagenet32/%s.npz", data, names[i]);
        if (npz_read(&z, path, &e))
            fail_msg("%s", e.text);
        const struct npz_array *x = npz_find(&z, path, "data", &e);
        const struct npz_array *y = npz_find(&z, path, "labels", &e);
        assert_true(x && y && x->n_dim == 2 && x->dim[1] == 3072 && x->dim[0] == y->n);
        assert_string_equal(x->type, "u1");
        assert_string_equal(y->type, "i8");
        npz_close(&z);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_survive_a_round_trip),
        cmocka_unit_test(compressed_arrays_come_back),
        cmocka_unit_test(numbers_become_doubles),
        cmocka_unit_test(equal_arrays_give_equal_files),
        cmocka_unit_test(headers_of_all_versions_are_read),
        cmocka_unit_test(lying_headers_are_refused),
        cmocka_unit_test(damaged_archives_are_refused),
        cmocka_unit_test(lies_take_no_memory),
        cmocka_unit_test(no_byte_can_crash),
        cmocka_unit_test(two_members_of_one_name_are_refused),
        cmocka_unit_test(other_members_are_passed_over),
        cmocka_unit_test(numpy_files_are_read),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
