/* files: checks that dataset_files names exactly the files that a data set is read from: reading
 * depends on each of them and on no other file. */
#ifndef TESTS_FILES_H
#define TESTS_FILES_H
#include "tests/data.h"
#include "tests/temp.h"

/* Check the names of the files that the request would read; want has a bar after each. */
static inline void check_file_names(const struct dataset_request *q, const char *want)
{
    struct file_list list;
    struct err e = {0};
    char *all = xcalloc(1 << 16, 1), path[1024];
    if (dataset_files(q, &list, &e))
        fail_msg("%s", e.text);
    for (int i = 0; i < list.n; i++) {
        strcat(strcat(all, list.file[i].name), "|");
        snprintf(path, sizeof(path), "%s/%s", q->dir, list.file[i].name);
        assert_string_equal(list.file[i].path, path);
    }
    assert_string_equal(all, want);
    free(all);
    file_list_release(&list);
    assert_true(list.n == 0 && !list.file);
}

/* The SHA-256 of the data that are read; empty if they cannot be read. */
static inline void sum_of_data(const struct dataset_request *q, char sum[HASH_TEXT])
{
    struct dataset ds;
    struct err e;
    sum[0] = '\0';
    if (dataset_open(&ds, q, &e) == 0) {
        strcpy(sum, ds.sha256);
        dataset_close(&ds);
    }
}

/* All files below a folder, collected by see(). */
static struct file_list seen;
static inline int see(const char *path, const struct stat *s, int flag, struct FTW *f)
{
    struct err e;
    (void)f;
    if (flag == FTW_F && S_ISREG(s->st_mode))
        assert_int_equal(file_list_add(&seen, temp_dir, &e, "%s", path + strlen(temp_dir) + 1), 0);
    return 0;
}

/* Whether reading gives the same data without the file at path: a listed file is moved away during
 * the test, an unlisted file is emptied permanently. */
static inline int is_same_without(const struct dataset_request *q, const char *path, int listed,
                                  const char *want)
{
    char sum[HASH_TEXT], away[1024];
    snprintf(away, sizeof(away), "%s.away", path);
    assert_int_equal(listed ? rename(path, away) : truncate(path, 0), 0);
    sum_of_data(q, sum);
    if (listed)
        assert_int_equal(rename(away, path), 0);
    return !strcmp(sum, want);
}

/* Check that of the files in the folder the listed ones are read and n_other are not. */
static inline void check_files_are_read(const struct dataset_request *q, const char *folder,
                                        int n_other)
{
    struct file_list list;
    struct err e = {0};
    char want[HASH_TEXT];
    if (dataset_files(q, &list, &e))
        fail_msg("%s", e.text);
    sum_of_data(q, want);
    assert_true(want[0]);
    assert_int_equal(nftw(temp_path(folder), see, 16, FTW_PHYS), 0);
    assert_int_equal(seen.n, list.n + n_other);
    for (int i = 0; i < seen.n; i++) {
        const char *path = seen.file[i].path;
        int listed = 0;
        for (int k = 0; k < list.n; k++)
            listed |= !strcmp(list.file[k].path, path);
        if (listed == is_same_without(q, path, listed, want))
            fail_msg("%s is %s, but the data %s without it", path, listed ? "listed" : "not listed",
                     listed ? "are the same" : "differ");
        n_other -= !listed;
    }
    assert_int_equal(n_other, 0);
    file_list_release(&seen), file_list_release(&list);
}
#endif
