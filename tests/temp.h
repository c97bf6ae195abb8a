/* temp: a temporary folder for a test program, made before a cmocka group and removed after it. */
#ifndef TESTS_TEMP_H
#define TESTS_TEMP_H
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char temp_dir[256];

static int temp_make(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(temp_dir, sizeof(temp_dir), "%s/gossipbench-XXXXXX", base && *base ? base : "/tmp");
    return mkdtemp(temp_dir) ? 0 : -1;
}

static int temp_remove_one(const char *path, const struct stat *s, int flag, struct FTW *f)
{
    (void)s, (void)flag, (void)f;
    return remove(path);
}

static int temp_remove(void **state)
{
    (void)state;
    return nftw(temp_dir, temp_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The path of a file in the folder; valid until the call after the next. */
static const char *temp_path(const char *name)
{
    static char path[2][512];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof(path[turn]), "%s/%s", temp_dir, name);
    return path[turn];
}

/* Set the size of a file in the folder: cut it, or add zeros. */
static inline void temp_cut(const char *name, long size)
{
    if (truncate(temp_path(name), size))
        abort();
}
#endif
