#include "cli/cli.h"
#include "draw/graph.h"
#include "nn/blas.h"
#include "topologies/describe.h"
#include "topologies/save.h"

/* The graph's name, and its own parameters from the settings, kept in c. */
static int configure(struct config *c, const struct arguments *a, struct err *e)
{
    const char *name = a->operand[0];
    const struct topology *t = topology_find(name, e);
    for (int i = 0; i < a->n_set && t; i++)
        if (parameter_find(t->parameter, a->set[i].key) < 0)
            return err_usage(e, "topology %s has no parameter '%.60s'", name, a->set[i].key);
    return t && arguments_config(a, NULL, c, e) == 0 ? config_set(c, "topology", name, e) : -1;
}

static int topology_main(const struct arguments *a, struct err *e)
{
    const char *out = arguments_value(a, "out"), *picture = arguments_value(a, "plot");
    struct config c;
    union value value[MAX_PARAMETER];
    if (configure(&c, a, e) < 0 || blas_start(e) < 0)
        return -1;
    const char *n = arguments_value(a, "n");
    c.workers = n ? arguments_whole(n, 1, 4096) : c.workers;
    c.seed = arguments_whole(arguments_value(a, "seed"), 0, 999999999999999);
    c.lazy = arguments_value(a, "lazy") != NULL;
    int n_round = (int)arguments_whole(arguments_value(a, "rounds"), 1, 10000);
    struct topology_spec g = config_topology(&c, value);
    if (c.workers < 0 || n_round < 0 || c.seed < 0)
        return err_usage(
            e, "topology takes -n from 1 to 4096, --rounds from 1 to 10000 and a --seed from 0");
    if (topology_check(&g, e) < 0 || (out && topology_save(&g, n_round, out, e) < 0) ||
        (picture && graph_draw(&g, n_round, picture, e) < 0))
        return -1;
    topology_describe(stdout, &g);
    return EXIT_DONE;
}

const struct verb verb_topology = {
    .name = "topology",
    .about = "degree, eigenvalues, spectral gap and D² verdict of a graph",
    .operand = "GRAPH",
    .option =
        (const struct option[]){
            {"n", "N", NULL,
             "number of workers (default: the only one that the graph has, else 16)"},
            {"lazy", NULL, NULL, "mix with (I + W) / 2 instead of W"},
            {"seed", "S", "1", "choose among random graphs"},
            {"rounds", "T", "1", "number of rounds to write and draw"},
            {"out", "W.npz", NULL,
             "write W (T, N, N) float64: x_i <- sum_j W[t, i, j] x_j in round t"},
            {"plot", "FILE", NULL,
             "draw the graph (if it changes, T rounds or its period, at most 12) as FILE.png, "
             "FILE.pdf or FILE.svg (needs gnuplot)"},
            {NULL}},
    .settings = "PARAMETER",
    .main = topology_main,
    .help = "GRAPH is a graph of gossipbench info, or file:PATH: edges 'i j [weight]' for one or "
            "several rounds, or W.npz.",
    .example = "topology base-2 -n 23\na graph that averages 23 workers exactly"};
