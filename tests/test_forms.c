/* test_forms: every data set whose files can be generated with few samples: they are read, and with
 * half of a file missing refused. */
#include "core/file.h"
#include "loaders/write.h"
#include "tests/check.h"
#include "tests/temp.h"

static void check_split(const struct dataset *ds, const struct split *s)
{
    for (int i = 0; i < s->n; i++)
        assert_in_range(s->y[i], 0, ds->n_class - 1);
    for (int i = 0; i < s->n * ds->h && ds->n_token; i++)
        assert_in_range(s->token[i], 0, ds->n_token - 1);
}

/* Open the data that q names, with numbers that networks can use. */
static int open_checked(const struct dataset_request *q, struct dataset *ds, struct err *e)
{
    if (dataset_open(ds, q, e))
        return -1;
    check_split(ds, &ds->train), check_split(ds, &ds->test);
    for (int c = 0; c < ds->c && !ds->n_token; c++)
        assert_true(ds->mean[c] > 0 && ds->mean[c] < 1 && ds->std[c] > 0);
    return 0;
}

/* Read the data without the second half of a file: refused by a sentence that names the file, or
 * samples that are whole all the same. */
static void check_cut(const struct dataset_request *q, const struct listed_file *file)
{
    struct dataset ds;
    struct err e = {0};
    size_t n;
    char *all = file_read(file->path, 1 << 30, &n, &e);
    assert_non_null(all);
    check_at(file->name, 0);
    temp_cut(file->name, (long)n / 2);
    if (open_checked(q, &ds, &e) == 0)
        dataset_close(&ds);
    else
        check_says(e, file->name);
    assert_int_equal(file_replace(file->path, all, n, &e), 0);
    free(all);
}

static void every_form_is_read(void **state)
{
    (void)state;
    enum { MAX_CUT = 10 }; /* of the first files of png-folder */
    for (size_t i = 0; i < n_loader; i++) {
        const struct loader *l = loader_registry[i].item;
        struct written w;
        struct file_list list;
        struct dataset ds;
        struct err e = {0};
        struct dataset_request q = {.name = loader_registry[i].name, .dir = temp_dir, .seed = 1};
        if (!l->write || l->written_whole)
            continue;
        check_at(q.name, 0);
        q.train_limit = 200, q.test_limit = 100;
        if (dataset_write(&w, &q, 0.5, &e))
            fail_msg("%s", e.text);
        q.train_limit = q.test_limit = 0;
        if (open_checked(&q, &ds, &e))
            fail_msg("%s", e.text);
        assert_true(ds.train.n == 200 && ds.test.n == 100);
        dataset_close(&ds);
        assert_int_equal(dataset_files(&q, &list, &e), 0);
        for (int f = 0; f < list.n && f < MAX_CUT; f++)
            check_cut(&q, &list.file[f]);
        file_list_release(&list);
        dataset_unwrite(q.name, q.dir);
    }
    check_at(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_teardown(every_form_is_read, check_tell)};
    return cmocka_run_group_tests(tests, temp_make, temp_remove);
}
