#include "cli/cli.h"
#include "core/npz.h"
#include "draw/graph.h"
#include "nn/blas.h"
#include "topologies/describe.h"
#include <stdio.h>
#include <stdlib.h>

static int save(const struct topology_spec *g, int n_round, const char *path, struct err *e)
{
    size_t dim[] = {(size_t)n_round, (size_t)g->n, (size_t)g->n}, size = dim[1] * dim[2];
    double *W = xcalloc(dim[0] * size, sizeof(*W));
    struct npz z = {0};
    for (int i = 0; i < n_round; i++)
        topology_fill(g, W + (size_t)i * size, i);
    npz_add(&z, "W", "f8", 3, dim, W);
    int status = npz_write(&z, path, e);
    npz_close(&z);
    free(W);
    return status;
}

/* The graph's name, and its own parameters from the settings, kept in c. */
static int configure(struct config *c, struct arguments *a, struct err *e)
{
    const char *name = a->operand;
    a->operand = NULL; /* it is no configuration's file */
    const struct topology *t = name ? topology_find(name, e) : NULL;
    if (!name)
        err_usage(e, "topology takes the NAME of a graph; gossipbench info lists them");
    for (int i = 0; i < a->n_set && t; i++)
        if (parameter_find(t->parameter, a->set[i].key) < 0)
            return err_usage(e, "topology %s has no parameter '%.60s'", name, a->set[i].key);
    return t && arguments_config(a, c, e) == 0 ? config_set(c, "topology", name, e) : -1;
}

static int topology_main(int argc, char **argv)
{
    const char *n = "16", *rounds = "1", *seed = "1", *out = NULL, *picture = NULL;
    int lazy = 0;
    const struct option options[] = {{"n", &n, NULL},          {"rounds", &rounds, NULL},
                                     {"out", &out, NULL},      {"seed", &seed, NULL},
                                     {"plot", &picture, NULL}, {"lazy", NULL, &lazy}};
    struct arguments a;
    struct config c;
    struct err e;
    union value value[MAX_PARAMETER];
    if (arguments_parse(&a, argc, argv, options, LENGTH(options), "NAME", 1, &e) < 0 ||
        configure(&c, &a, &e) < 0 || blas_start(&e) < 0)
        return fail(&e);
    c.workers = arguments_whole(n, 1, 4096), c.seed = arguments_whole(seed, 0, 999999999999999);
    c.lazy = lazy;
    int n_round = (int)arguments_whole(rounds, 1, 10000);
    struct topology_spec g = config_topology(&c, value);
    if (c.workers < 0 || n_round < 0 || c.seed < 0) {
        err_usage(&e, "topology takes -n from 1 to 4096, --rounds from 1 to 10000 and a --seed "
                      "from 0");
        return fail(&e);
    }
    if (topology_check(&g, &e) < 0 || (out && save(&g, n_round, out, &e) < 0) ||
        (picture && graph_draw(&g, n_round, picture, &e) < 0))
        return fail(&e);
    topology_describe(stdout, &g);
    return EXIT_DONE;
}

const struct verb verb_topology = {
    .name = "topology",
    .about = "degree, eigenvalues, spectral gap and D2 verdict of a graph",
    .main = topology_main,
    .help =
        "usage: gossipbench topology NAME [-n N] [--lazy] [--seed S] [--rounds T]\n"
        "                            [--out W.npz] [--plot FILE] [--PARAMETER VALUE]...\n\n"
        "NAME is a graph of `gossipbench info`, or file:PATH, a file with lines\n"
        "'i j [weight]'.\n"
        "--seed chooses among random graphs.\n"
        "--out writes W (T, N, N) float64: x_i <- sum_j W[t, i, j] x_j in round t.\n"
        "--plot draws all edges that the T rounds use, as FILE.png, FILE.pdf or FILE.svg (needs\n"
        "gnuplot).\n"};
