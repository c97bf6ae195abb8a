/* test_partition_file: partitions from CSV files and archives. */
#include "core/npz.h"
#include "tests/parts.h"
#include "tests/temp.h"

static void check_read_back(const struct partition *p)
{
    struct partition r;
    const char *path = temp_path("partition.csv");
    struct err e = {0};
    assert_int_equal(partition_save(p, path, &e), 0);
    int32_t *y = labels(1003);
    struct partition_request q = {
        .kind = "file", .parameter = &(union value){.text = path}, .n_worker = 16};
    assert_int_equal(partition_open(&r, &q, y, 1003, N_CLASS, &e), 0);
    assert_int_equal(r.n_each, p->n_each);
    assert_memory_equal(r.index, p->index, (size_t)partition_start(p, 16) * sizeof(*p->index));
    assert_string_equal(r.sha256, p->sha256);
    free(y);
    partition_close(&r);
}

static void written_files_are_read_back(void **state)
{
    (void)state;
    struct partition even = make("dirichlet", 16, 0.1, 3, 1003);
    struct partition uneven = make_uneven(0.3, 2, 1, 1003);
    check_read_back(&even), check_read_back(&uneven);
    partition_close(&even), partition_close(&uneven);
}

static const char *file_with(const char *text)
{
    const char *path = temp_path("rows.csv");
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static void rows_may_come_in_any_order(void **state)
{
    (void)state;
    static const char *const form[] = {"worker,index\r\n1,9\r\n0,3\r\n0,1\r\n1,0",
                                       "\xef\xbb\xbfworker,index\n1,9\n0,3\n0,1\n1,0\n\n\r\n",
                                       "\"worker\", Index\n1, 9\n0, 3\n0 ,1\n\"1\",0\n",
                                       "index,worker\n9,1\n3,0\n1,0\n0,1\n",
                                       ",worker,index\n0,1,9\n1,0,3\n2,0,1\n3,1,0\n"};
    const int32_t y[10] = {0}, want[] = {3, 1, 9, 0};
    struct partition p;
    for (size_t i = 0; i < LENGTH(form); i++) {
        struct err e = {.text = ""};
        struct partition_request q = {
            .kind = "file", .parameter = &(union value){.text = file_with(form[i])}, .n_worker = 2};
        if (partition_open(&p, &q, y, 10, 1, &e) < 0)
            fail_msg("%s", e.text);
        assert_int_equal(p.n_each, 2);
        assert_memory_equal(p.index, want, sizeof(want));
        partition_close(&p);
    }
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"", "row 1 is not \"worker,index\""},
        {"worker,index", "none of its 1 rows is for worker 0"},
        {"0,1\n1,2\n", "row 1 is not \"worker,index\""},
        {"worker;index\n0,1\n", "row 1 is not \"worker,index\""},
        {"worker,index\n", "none of its 1 rows is for worker 0"},
        {"worker,index\n0,1\n0,2\n", "none of its 3 rows is for worker 1 of 0 to 1"},
        {"worker,index\n0,1\n2,2\n", "row 3 names worker 2; the workers are 0 to 1"},
        {"worker,index\n0,1\n1,10\n", "row 3 names sample 10; the samples are 0 to 9"},
        {"worker,index\n0,1\n1,1\n", "row 3 names sample 1, which row 2 already has"},
        {"worker,index\n0,1\n-1,2\n", "row 3 is '-1','2', not a worker's and a sample's number"},
        {"worker,index\n0,1\n1,2.0\n", "row 3 is '1','2.0', not"},
        {"worker,index\n0,1\n\n1,2\n", "row 3, byte 17: 1 field, but 2 are expected"},
        {"worker,index\n0,1\n1,2,3\n", "row 3, byte 17: 3 fields, but 2 are expected"},
        {"worker,index\n0,1\n1", "row 3, byte 17: 1 field, but 2 are expected"},
        {"worker,index\n0,1\n1,", "row 3 is '1','', not"},
        {"worker,index\n0,1\n1,99999999999999999999999\n", "row 3 is '1','9999"},
    };
    struct err e;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        const char *path = file_with(bad[i][0]);
        struct partition_request q = {
            .kind = "file", .parameter = &(union value){.text = path}, .n_worker = 2};
        assert_false(refuse(&q, 10, 2, &e));
        check_says(e, bad[i][1]);
        check_says(e, path);
    }
    struct partition_request q = {
        .kind = "file", .parameter = &(union value){.text = temp_path("none.csv")}, .n_worker = 2};
    assert_false(refuse(&q, 10, 2, &e));
    check_says(e, "none.csv: cannot be read: No such file");
}

/* Two workers' lists of sample numbers as an archive, the second of the type given. */
static void archives_are_checked(void **state)
{
    (void)state;
    static const int64_t good[] = {7, 2}, again[] = {3, 7}, beyond[] = {3, 10}, below[] = {-1, 3};
    static const double broken[] = {1.5, 3};
    static const struct {
        const void *second;
        const char *type, *says;
    } bad[] = {
        {again, "i8", "worker1[1] is sample 7, which worker 0 already has"},
        {beyond, "i8", "worker1[1] is 10; the samples are 0 to 9"},
        {below, "i8", "worker1[0] is -1; the samples are 0 to 9"},
        {broken, "f8", "worker1 must be a list of whole numbers, one or more"},
    };
    size_t n = 2;
    struct err e;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct npz z = {0};
        const char *path = temp_path("split.npz");
        npz_add(&z, "worker0", "i8", 1, &n, good);
        npz_add(&z, "worker1", bad[i].type, 1, &n, bad[i].second);
        assert_int_equal(npz_write(&z, path, &e), 0);
        npz_close(&z);
        struct partition_request q = {
            .kind = "file", .parameter = &(union value){.text = path}, .n_worker = 2};
        assert_false(refuse(&q, 10, 2, &e));
        check_says(e, bad[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(archives_are_checked),
        cmocka_unit_test(written_files_are_read_back),
        cmocka_unit_test(rows_may_come_in_any_order),
        cmocka_unit_test(bad_files_are_refused),
    };
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
