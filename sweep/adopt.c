#include "core/file.h"
#include "sweep/sweep.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int copy(const char *from, const char *to, const char *name, struct err *e)
{
    enum { MOST = 1 << 30 };
    char path[RUN_PATH + 64];
    size_t n;
    snprintf(path, sizeof(path), "%s/%s", from, name);
    if (!file_exists(path))
        return 0;
    char *bytes = file_read(path, MOST, &n, e);
    snprintf(path, sizeof(path), "%s/%s", to, name);
    int status = bytes ? file_replace(path, bytes, n, e) : -1;
    free(bytes);
    return status;
}

/* The manifest last: without it the copy is not a finished run. */
static int copy_run(const char *from, const char *to, struct err *e)
{
    static const char *const names[] = {"metrics.csv",  "timing.csv",     "split.csv",
                                        "classes.csv",  "vocabulary.txt", "path.csv",
                                        "manifest.json"};
    for (size_t i = 0; i < LENGTH(names); i++)
        if (copy(from, to, names[i], e) < 0)
            return -1;
    return 1;
}

int sweep_adopt(const struct sweep *s, int i, struct err *e)
{
    const struct cell *cell = &s->x->cell[i];
    char pattern[RUN_PATH], to[RUN_PATH], hash[HASH_TEXT];
    glob_t found;
    int status = 0;
    if (config_hash(&cell->c, hash, e) < 0)
        return -1;
    sweep_place(s, i, to);
    snprintf(pattern, sizeof(pattern), "%s/*/*-s%ld-%.8s", s->runs, cell->c.seed, hash);
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t k = 0; k < found.gl_pathc && status == 0; k++)
        if (strcmp(found.gl_pathv[k], to) != 0 &&
            identity_state(found.gl_pathv[k], &cell->c, hash, NULL) == RUN_DONE)
            status = copy_run(found.gl_pathv[k], to, e);
    globfree(&found);
    return status;
}
