#include "cli/data.h"
#include "loaders/get.h"
#include <stdio.h>
#include <string.h>

static int has_files(const struct config *c)
{
    struct err e;
    const struct loader *l = config_problem(c) ? NULL : loader_find(c->dataset, &e);
    return l && l->folder;
}

/* A cell of the data set that is read from files, or of any if none is; NULL with a sentence if
 * there are several. */
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

/* Settings for the sweep on stdout, the sentence on stderr. */
static int get_for(const struct experiment *x, struct err *e)
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
    if (g.how == GOT_STAND_IN) /* a choice of classes is one of the data set asked for */
        printf("--dataset %s --classes 0\n", g.dataset);
    return 0;
}

static int get(const struct arguments *a, struct err *e)
{
    const char *dir = arguments_value(a, "dir"), *of = arguments_value(a, "for");
    struct experiment_request q = {.tier = arguments_value(a, "tier")};
    struct experiment x;
    struct got g;
    if (!of == !a->n_operand)
        return err_usage(e, "data get takes the name of a DATASET or --for EXPERIMENT");
    if (!of) {
        if (dataset_get(&g, a->operand[0], dir ? dir : path_in_root("datasets/data"),
                        arguments_value(a, "real") != NULL, e) < 0)
            return -1;
        printf("%s\n", g.words);
        return 0;
    }
    if (experiment_open(&x, of, &q, e) < 0)
        return -1;
    int rc = get_for(&x, e);
    experiment_close(&x);
    return rc;
}

static int data_get_main(const struct arguments *a)
{
    struct err e;
    return get(a, &e) < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_data_get = {
    .name = "data get",
    .about = "get a data set, or name one that can stand in for it",
    .operand = "[DATASET]",
    .option =
        (const struct option[]){
            DIR_OPTION,
            {"real", NULL, NULL, "fail instead of naming a stand-in"},
            {"for", "EXPERIMENT", NULL,
             "get the data of an experiment, and print settings for gossipbench sweep on stdout; "
             "the smoke tier gets generated files"},
            {"tier", "TIER", "quick", "the tier of that experiment"},
            {NULL}},
    .main = data_get_main,
    .help = "Uses the files in DIR if they are there.  Otherwise it downloads them or, if that is "
            "impossible, names another data set that can stand in.  It says which in one sentence.",
    .example = "data get fashion-mnist"};
