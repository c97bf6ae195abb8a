#include "cli/cli.h"
#include "gossip/gossip.h"
#include "train/conformance_method.h"

static int quadratic_main(int argc, char **argv)
{
    const char *in = NULL, *out = NULL;
    const struct option options[] = {{"in", &in, NULL}, {"out", &out, NULL}};
    struct arguments a;
    struct config c;
    struct err e;
    int status = arguments_parse(&a, argc, argv, options, LENGTH(options), NULL, 1, &e);
    status = arguments_agree(status, argv[0], options, LENGTH(options), &e);
    if (status == 0 && (!in || !out))
        status = err_usage(&e, "quadratic needs --in problem.npz and --out path.npz");
    if (status == 0)
        status = arguments_config(&a, &c, &e);
    if (gossip_agree(status, &e) < 0 || conformance_method(&c, in, out, &e) < 0)
        return fail(&e);
    return EXIT_DONE;
}

const struct verb verb_quadratic = {
    .name = "quadratic",
    .about = "conformance of a method: its path on given quadratics",
    .mpi = MPI,
    .main = quadratic_main,
    .help =
        "usage: gossipbench quadratic --algorithm A --topology T --in problem.npz\n"
        "                             --out path.npz [--set KEY=VALUE]...\n\n"
        "in:  x0, h, b (n, d), noise (T, n, d), lrs (T), weight_decay (); in round t, worker i\n"
        "     at x has the gradient h_i x - b_i + noise[t, i]\n"
        "out: x (T + 1, n, d)\n"};
