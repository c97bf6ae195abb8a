/* test_safetensors: arrays that were written are read back; files whose header lies are refused,
 * each with a sentence that says where. */
#include "core/file.h"
#include "core/safetensors.h"
#include "tests/arrays.h"
#include "tests/temp.h"
#include <stdint.h>

/* Write a file with this header, `length` in front of it, and n zero bytes of data; its path. */
static const char *made(const char *header, uint64_t length, size_t n)
{
    const char *path = temp_path("made.safetensors");
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fwrite(&length, sizeof(length), 1, f);
    fputs(header, f);
    for (size_t i = 0; i < n; i++)
        fputc(0, f);
    assert_int_equal(fclose(f), 0);
    return path;
}

static void arrays_survive_a_round_trip(void **state)
{
    (void)state;
    static const float f4[2][3] = {{1, 2, 3}, {-4, 0.5f, 1e30f}};
    static const double f8 = 0.1;
    static const int64_t i8[] = {INT64_MIN, 7};
    static const char about[] = "{\"quoted\": \"\\n\"}";
    size_t n_about = sizeof(about) - 1;
    struct npz z = {0}, r;
    struct err e = {0};
    npz_add(&z, "worker0/conv.weight", "f4", 2, (size_t[]){2, 3}, f4);
    npz_add(&z, "scalar", "f8", 0, NULL, &f8);
    npz_add(&z, "metadata", "u1", 1, &n_about, about);
    npz_add(&z, "none", "f4", 2, (size_t[]){0, 5}, NULL);
    npz_add(&z, "i8", "i8", 1, (size_t[]){2}, i8);
    const char *path = temp_path("round.safetensors");
    assert_int_equal(safetensors_write(&z, path, &e), 0);
    assert_int_equal(safetensors_read(&r, path, &e), 0);
    check_read_back(&r, &z, path);
    npz_close(&r);
    npz_close(&z);
}

/* The example in the format's own description. */
static void a_known_file_is_read(void **state)
{
    (void)state;
    static const char header[] =
        "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[],"
        "\"data_offsets\":[8,12]},\"a\":{\"shape\":[2,1],\"dtype\":\"F32\","
        "\"data_offsets\":[0,8]}}   ";
    struct npz z;
    struct err e = {0};
    assert_int_equal(safetensors_read(&z, made(header, sizeof(header) - 1, 12), &e), 0);
    assert_int_equal(z.n, 2);
    assert_string_equal(z.array[1].name, "a");
    assert_int_equal(z.array[1].dim[0], 2);
    npz_close(&z);
}

static void lying_headers_are_refused(void **state)
{
    (void)state;
#define ENTRY(dtype, shape, from, to)                                                              \
    "{\"dtype\":\"" dtype "\",\"shape\":[" shape "],\"data_offsets\":[" from "," to "]}"
    static const struct {
        const char *header, *says;
    } lie[] = {
        {"", "first 8 bytes are not the length of a header"},
        {"[]", "made.safetensors, header: must hold a JSON object"},
        {"{\"x\":1", "header:1: is not valid JSON"},
        {"{\"x\":1}", "'x' is not described as"},
        {"{\"x\":{\"dtype\":\"F32\"}}", "'x' is not described as"},
        {"{\"x\":" ENTRY("F32", "-2", "0", "8") "}", "'x' is not described as"},
        {"{\"x\":" ENTRY("F32", "1.5", "0", "8") "}", "'x' is not described as"},
        {"{\"x\":" ENTRY("F32", "1,1,1,1,2", "0", "8") "}", "up to 4 dimensions"},
        {"{\"x\":" ENTRY("F32", "4294967296,4294967296", "0", "8") "}", "'x' is not described as"},
        {"{\"x\":" ENTRY("BF16", "4", "0", "8") "}", "'x' has the dtype 'BF16'"},
        {"{\"x\":" ENTRY("F32", "3", "0", "8") "}", "'x' has 3 numbers of 4 bytes"},
        {"{\"x\":" ENTRY("F32", "2", "8", "0") "}", "data_offsets are 8 to 0 of 8"},
        {"{\"x\":" ENTRY("F32", "2", "4", "12") "}", "data_offsets are 4 to 12 of 8"},
        {"{\"x\":" ENTRY("F32", "1", "0", "4") "}",
         "has 8 bytes of data, but its arrays end at byte 4"},
        {"{\"x\":" ENTRY("F32", "1", "0", "4") ",\"x\":" ENTRY("F32", "1", "4", "8") "}",
         "x is given twice"},
        {"{\"x\":" ENTRY("F32", "2", "0", "8") ",\"y\":" ENTRY("F32", "1", "4", "8") "}",
         "'y' begins at byte 4 of the data, but what precedes it ends at 8"},
        {"{\"x\":" ENTRY("U8", "3", "0", "3") ",\"y\":" ENTRY("F32", "1", "4", "8") "}",
         "'y' begins at byte 4 of the data, but what precedes it ends at 3"},
    };
    struct npz z;
    for (size_t i = 0; i < LENGTH(lie); i++) {
        struct err e = {0};
        size_t n = strlen(lie[i].header);
        assert_int_equal(safetensors_read(&z, made(lie[i].header, n ? n : 100, 8), &e), -1);
        check_says(e, lie[i].says);
        assert_null(z.array);
    }
}

static void lengths_beyond_the_file_are_refused(void **state)
{
    (void)state;
    static const uint64_t length[] = {3, 1000, UINT64_MAX, 1ull << 40};
    struct npz z;
    for (size_t i = 0; i < LENGTH(length); i++) {
        struct err e = {0};
        assert_int_equal(safetensors_read(&z, made("{}", length[i], 0), &e), -1);
        check_says(e, "first 8 bytes are not the length of a header in its 10 bytes");
    }
    struct err e = {0};
    assert_int_equal(safetensors_read(&z, made("{}", 6, 4), &e), -1);
    check_says(e, "byte 10 is NUL");
    assert_int_equal(safetensors_read(&z, temp_path("nothing"), &e), -1);
    check_says(e, "cannot be read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_survive_a_round_trip),
        cmocka_unit_test(a_known_file_is_read),
        cmocka_unit_test(lying_headers_are_refused),
        cmocka_unit_test(lengths_beyond_the_file_are_refused),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
