#include "cli/save.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request request_of(const struct arguments *a)
{
    return (struct request){.experiment = a->operand[0],
                            .tier = arguments_value(a, "tier"),
                            .from = arguments_value(a, "from")};
}

int request_open(const struct request *q, struct results *r, struct err *e)
{
    char name[EXPERIMENT_NAME];
    return experiment_check(q->experiment, name, e) < 0 ||
                   results_open(r, runs_folder(q->from), name, q->tier, e) < 0
               ? values_hint(q->experiment, e)
               : 0;
}

const char *runs_folder(const char *from)
{
    if (!from)
        return path_in_root("results/runs");
    return access(from, F_OK) == 0 || *from == '/' ? from : path_installed(from);
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
        all[i].print(what, text_open(&text));
        if (save(&text, r, all[i].ending, e) < 0)
            return -1;
    }
    return 0;
}
