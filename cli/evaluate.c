#include "cli/cli.h"
#include "cli/model.h"
#include "sweep/config_file.h"
#include "train/model_test.h"
#include <stdio.h>

/* The configuration in the file's metadata, if there is one, and then the settings. */
static int configure(struct config *c, const struct model_file *m, const struct arguments *a,
                     struct err *e)
{
    config_default(c);
    return config_set_object(c, m->path, "the configuration",
                             cJSON_GetObjectItem(m->manifest, "config"), e) < 0
               ? -1
               : settings_apply(a, c, e);
}

static int evaluate_main(const struct arguments *a, struct err *e)
{
    struct config c;
    struct model_file m;
    struct model_score s;
    int which;
    if (model_which(arguments_value(a, "worker"), &which, e) < 0 ||
        model_file_open(&m, a->operand[0], e) < 0)
        return -1;
    int status = configure(&c, &m, a, e);
    if (status == 0 && which == MODEL_ALL)
        status = err_usage(e, "evaluate takes one worker's number, or average");
    if (status == 0)
        status = model_test(&m, which, &c, arguments_value(a, "out"), &s, e);
    model_file_close(&m);
    if (status < 0)
        return -1;
    printf("%s on %s: accuracy %.2f %% of %d test %s, loss %.4f\n", c.model, c.dataset,
           100.0 * s.n_right / s.n, s.n, s.samples, s.loss);
    return EXIT_DONE;
}

const struct verb verb_evaluate = {
    .name = "evaluate",
    .about = "accuracy of a file of parameters, from here or from PyTorch",
    .operand = "FILE",
    .option =
        (const struct option[]){
            {"worker", "WORKER", NULL,
             "of a file with all models: a worker's number or average (the default)"},
            {"out", "LOGITS.npz", NULL, "write logits (n, classes) and labels y (n)"},
            {NULL}},
    .settings = "KEY",
    .help =
        "Checks that FILE, whose name ends in .npz or .safetensors, fits the network, and tests it "
        "on the test set. Network and data are those of the run that wrote the file; settings "
        "override them. A file from another program needs settings: --model, --dataset and others.",
    .main = evaluate_main,
    .example = "evaluate model.safetensors --out logits.npz"};
