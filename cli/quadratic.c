#include "cli/cli.h"
#include "gossip/gossip.h"
#include "train/conformance_method.h"

static int quadratic_main(const struct arguments *a, struct err *e)
{
    struct config c;
    return gossip_agree(arguments_config(a, NULL, &c, e), e) < 0
               ? -1
               : conformance_method(&c, arguments_value(a, "in"), arguments_value(a, "out"), e);
}

const struct verb verb_quadratic = {
    .name = "quadratic",
    .about = "conformance of a method: its path on given quadratics",
    .option = (const struct option[]){{"in", "PROBLEM.npz", NULL,
                                       "read x0, h, b (n, d), noise (T, n, d), lrs (T), "
                                       "weight_decay (); in round t, worker i "
                                       "at x has the gradient h_i x - b_i + noise[t, i]",
                                       REQUIRED},
                                      {"out", "PATH.npz", NULL, "write x (T + 1, n, d)", REQUIRED},
                                      {NULL}},
    .settings = "KEY",
    .mpi = MPI,
    .main = quadratic_main,
    .example = "quadratic --algorithm gt --topology ring --in problem.npz --out path.npz"};
