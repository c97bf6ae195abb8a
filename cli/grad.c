#include "cli/cli.h"
#include "train/conformance_model.h"

static int grad_main(const struct arguments *a, struct err *e)
{
    return conformance_model(arguments_value(a, "model"), arguments_value(a, "in"),
                             arguments_value(a, "out"), e);
}

const struct verb verb_grad = {
    .name = "grad",
    .about = "conformance of a model: logits, loss and gradients of given vectors",
    .option =
        (const struct option[]){
            {"model", "MODEL", NULL, "the network", REQUIRED},
            {"in", "VECTORS.npz", NULL,
             "read every parameter under its PyTorch name and in its PyTorch shape; x (n, c, h, w) "
             "or token numbers (n, l); y (n); logits",
             REQUIRED},
            {"out", "MINE.npz", NULL,
             "write logits, loss, grads (flat, in the order of the names), eval_logits, buffer/*",
             REQUIRED},
            {NULL}},
    .main = grad_main,
    .example = "grad --model resnet20-gn --in vectors.npz --out mine.npz"};
