#include "cli/data.h"
#include "loaders/get.h"
#include "sweep/data.h"

static int get_for(const char *experiment, const char *tier, struct err *e)
{
    struct experiment_request q = {.tier = tier};
    struct experiment x;
    if (experiment_open(&x, experiment, &q, e) < 0)
        return -1;
    int status = experiment_get_data(&x, e);
    experiment_close(&x);
    return status;
}

static int data_get_main(const struct arguments *a, struct err *e)
{
    const char *dir = arguments_value(a, "dir"), *of = arguments_value(a, "for");
    struct got g;
    if (!of == !a->n_operand)
        return err_usage(e, "data get takes the name of a DATASET or --for EXPERIMENT");
    if (of)
        return get_for(of, arguments_value(a, "tier"), e);
    if (dataset_get(&g, a->operand[0], dir ? dir : path_in_root("datasets/data"),
                    arguments_value(a, "real") != NULL, e) < 0)
        return -1;
    printf("%s\n", g.words);
    return EXIT_DONE;
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
