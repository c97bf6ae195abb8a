#include "cli/cli.h"
#include "train/conformance_model.h"

static int grad_main(int argc, char **argv)
{
    const char *model = NULL, *in = NULL, *out = NULL;
    const struct option options[] = {
        {"model", &model, NULL}, {"in", &in, NULL}, {"out", &out, NULL}};
    struct arguments a;
    struct err e;
    int status = arguments_parse(&a, argc, argv, options, LENGTH(options), NULL, 0, &e);
    if (status == 0 && (!model || !in || !out))
        status = err_usage(&e, "grad needs --model M, --in vectors.npz and --out mine.npz");
    if (status == 0)
        status = conformance_model(model, in, out, &e);
    return status < 0 ? fail(&e) : EXIT_DONE;
}

const struct verb verb_grad = {
    .name = "grad",
    .about = "conformance of a model: logits, loss and gradients of given vectors",
    .main = grad_main,
    .help = "usage: gossipbench grad --model M --in vectors.npz --out mine.npz\n\n"
            "in:  every parameter under its PyTorch name and in its PyTorch shape; x (n, c, h, w)\n"
            "     or token numbers (n, l); y (n); logits\n"
            "out: logits, loss, grads (flat, in the order of the names), eval_logits, buffer/*\n"};
