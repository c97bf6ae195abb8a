#include "cli/save.h"
#include "core/file.h"
#include <stdlib.h>

const char *runs_folder(const char *from)
{
    return from ? from : path_in_root("results/runs");
}

const char *figures_folder(const char *from, char path[PATH_LENGTH], struct err *e)
{
    if (!from)
        return path_in_root("results/figures");
    return path_print(path, e, "%s/figures", from) < 0 ? NULL : path;
}

int save(struct text *t, const struct results *r, const char *ending, struct err *e)
{
    const char *tables = path_in_root("results/tables");
    char path[PATH_LENGTH], *bytes = text_close(t);
    int status = dir_make(tables, e);
    if (status == 0)
        status = path_print(path, e, "%s/%s-%s%s", tables, r->experiment, r->tier, ending);
    if (status == 0)
        status = file_replace(path, bytes, t->n, e);
    free(bytes);
    return status;
}
