#include "sweep/data.h"
#include "loaders/get.h"
#include <stdio.h>
#include <string.h>

static int has_files(const struct config *c)
{
    struct err e;
    const struct loader *l = config_problem(c) ? NULL : loader_find(c->dataset, &e);
    return l && l->folder;
}

/* A cell whose data set is read from files, or any cell if there is none; NULL with a sentence if
 * there are several such data sets. */
static const struct config *config_to_get(const struct experiment *x, struct err *e)
{
    const struct config *found = &x->cell[0].c;
    for (int i = 1; i < x->n_cell; i++) {
        const struct config *c = &x->cell[i].c;
        if (!has_files(c) || !strcmp(c->dataset, found->dataset))
            continue;
        if (has_files(found)) {
            err_usage(e, "%s has several data sets, %s and %s; get each by its name", x->name,
                      found->dataset, c->dataset);
            return NULL;
        }
        found = c;
    }
    return found;
}

int experiment_get_data(const struct experiment *x, struct err *e)
{
    const struct config *c = config_to_get(x, e);
    char dir[PATH_LENGTH];
    struct got g;
    if (!c)
        return -1;
    const char *name = c->dataset;
    if (config_problem(c)) {
        fprintf(stderr, "data: %s is a toy problem, which needs none\n", name);
        return 0;
    }
    int smoke = !strcmp(x->tier, "smoke");
    if (path_print(dir, e, "%s/%s", path_in_root("build/generated"), name) ||
        (smoke ? dataset_get_generated(&g, name, dir, e)
               : dataset_get(&g, name, c->data_dir, 0, e)))
        return -1;
    fprintf(stderr, "data: %s\n", g.words);
    if (smoke && loader_find(name, e)->folder)
        printf("--data-dir %s\n", dir);
    if (g.how == GOT_STAND_IN) /* `classes` is meant for the data set asked for */
        printf("--dataset %s --classes 0\n", g.dataset);
    return 0;
}
