#include "report/saved.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>

const char *runs_folder(const char *from)
{
    if (!from)
        return path_in_root("results/runs");
    return file_exists(from) || *from == '/' ? from : path_installed(from);
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
    char path[PATH_LENGTH];
    if (dir_make(tables, e) == 0 &&
        path_print(path, e, "%s/%s-%s%s", tables, r->experiment, r->tier, ending) == 0)
        return text_save(t, path, e);
    free(text_close(t));
    return -1;
}

void format_print(const struct format *format, const void *what, FILE *f)
{
    struct table t;
    if (format->print) {
        format->print(what, f);
        return;
    }
    format->build(&t, what);
    format->write(&t, f);
    table_free(&t);
}

const struct format *format_find(const struct format *all, const char *name)
{
    while (strcmp(all->name, name) != 0)
        all++;
    return all;
}

int save_formats(const struct format *all, size_t n, const void *what, const struct results *r,
                 struct err *e)
{
    struct text text;
    for (size_t i = 0; i < n; i++) {
        format_print(&all[i], what, text_open(&text));
        if (save(&text, r, all[i].ending, e) < 0)
            return -1;
    }
    return 0;
}
