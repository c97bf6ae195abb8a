#include "cli/data.h"
#include "loaders/check.h"
#include "train/run.h"

static int data_check_main(const struct arguments *a, struct err *e)
{
    struct config c;
    struct dataset_request q;
    union value value[MAX_PARAMETER];
    return data_config(a, &c, arguments_value(a, "dir"), "seed", 0, e) ||
                   run_request(&c, &q, value, e)
               ? -1
               : dataset_check(&q, stdout, e);
}

const struct verb verb_data_check = {
    .name = "data check",
    .about = "check whether the files of a data set are whole and official",
    .operand = "DATASET",
    .option = (const struct option[]){DIR_OPTION, {NULL}},
    .settings = "PARAMETER",
    .main = data_check_main,
    .help = "Reads all files and prints how many samples of each class there are, the SHA-256 of "
            "what was read, as manifests have it, and whether it is the official content.  Exit "
            "code 1: files are missing or damaged.",
    .example = "data check cifar10"};
