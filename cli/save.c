#include "cli/save.h"
#include "core/file.h"
#include <stdlib.h>
#include <string.h>

int request_parse(struct request *q, int argc, char **argv, const struct option *more, int n,
                  struct err *e)
{
    enum { MOST = 8 };
    struct option all[2 + MOST] = {{.name = "tier", .value = &q->tier},
                                   {.name = "from", .value = &q->from}};
    struct arguments a;
    CHECK(n <= MOST);
    memcpy(all + 2, more, (size_t)n * sizeof(*more));
    *q = (struct request){.tier = "quick"};
    if (arguments_parse(&a, argc, argv, all, 2 + n, "EXPERIMENT", 0, e) < 0)
        return -1;
    if (!a.operand)
        return err_usage(e, "%s needs an experiment: a name in results/runs/", argv[0]);
    q->experiment = a.operand;
    return 0;
}

int request_open(const struct request *q, struct results *r, struct err *e)
{
    char name[EXPERIMENT_NAME];
    return experiment_check(q->experiment, name, e) < 0
               ? -1
               : results_open(r, runs_folder(q->from), name, q->tier, e);
}

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
    char path[PATH_LENGTH];
    if (dir_make(tables, e) == 0 &&
        path_print(path, e, "%s/%s-%s%s", tables, r->experiment, r->tier, ending) == 0)
        return text_save(t, path, e);
    free(text_close(t));
    return -1;
}
