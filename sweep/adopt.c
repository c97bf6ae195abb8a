#include "core/file.h"
#include "core/path.h"
#include "sweep/sweep.h"
#include "train/record.h"
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static int copy(const char *from, const char *to, const char *name, struct err *e)
{
    enum { MOST = 1 << 30 };
    char source[PATH_LENGTH], target[PATH_LENGTH];
    size_t n;
    if (path_print(source, e, "%s/%s", from, name) < 0 ||
        path_print(target, e, "%s/%s", to, name) < 0)
        return -1;
    if (!file_exists(source))
        return 0;
    char *bytes = file_read(source, MOST, &n, e);
    int status = bytes ? file_replace(target, bytes, n, e) : -1;
    free(bytes);
    return status;
}

/* The manifest is copied last: without it the copy does not count as a finished run. */
static int copy_run(const char *from, const char *to, struct err *e)
{
    for (int i = 0; i < N_RUN_FILE; i++)
        if (copy(from, to, run_files[i], e) < 0)
            return -1;
    return 1;
}

int sweep_adopt(const struct sweep *s, int i, struct err *e)
{
    const struct cell *cell = &s->x->cell[i];
    char pattern[PATH_LENGTH], to[RUN_PATH], hash[HASH_TEXT];
    glob_t found;
    int status = 0;
    if (config_hash(&cell->c, hash, e) < 0 ||
        path_print(pattern, e, "%s/*/*-s%ld-%.8s", s->runs, cell->c.seed, hash) < 0)
        return -1;
    sweep_place(s, i, to);
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t k = 0; k < found.gl_pathc && status == 0; k++)
        if (strcmp(found.gl_pathv[k], to) != 0 &&
            identity_state(found.gl_pathv[k], &cell->c, hash, NULL) == RUN_DONE)
            status = copy_run(found.gl_pathv[k], to, e);
    globfree(&found);
    return status;
}
