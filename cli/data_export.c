#include "cli/cli.h"
#include "train/samples.h"

static int data_export_main(const struct arguments *a, struct err *e)
{
    struct config c;
    return arguments_config(a, a->operand[0], &c, e) < 0 || config_check(&c, e) < 0
               ? -1
               : samples_export(&c, arguments_value(a, "out"), e);
}

const struct verb verb_data_export = {
    .name = "data export",
    .about = "the samples of a run as arrays for NumPy or PyTorch",
    .operand = "[CONFIG.json]",
    .option = (const struct option[]){{"out", "FILE.npz", NULL,
                                       "write x_train and x_test, bytes (n, c, h, w) or tokens (n, "
                                       "length), y_train, y_test and metadata",
                                       REQUIRED},
                                      {NULL}},
    .settings = "KEY",
    .help = "Training samples are in the order that partitions number. The metadata, JSON in "
            "bytes, has the names of the classes, and what images are normalised with or the "
            "vocabulary (docs/exchange.md).",
    .main = data_export_main,
    .example = "data export --dataset synthetic-images --train-limit 2000 --out data.npz"};
