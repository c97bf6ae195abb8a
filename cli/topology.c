#include "cli/cli.h"
#include "draw/graph.h"
#include "loaders/npz.h"
#include "topologies/describe.h"
#include <stdio.h>
#include <stdlib.h>

/* What is asked for. */
struct question {
    const char *name, *out, *plot;
    int n, rounds, lazy;
    uint64_t seed;
};

static int save(const struct question *q, struct err *e)
{
    size_t dim[] = {(size_t)q->rounds, (size_t)q->n, (size_t)q->n}, size = dim[1] * dim[2];
    double *W = xcalloc(dim[0] * size, sizeof(*W));
    struct npz z = {0};
    for (int i = 0; i < q->rounds; i++)
        topology_fill(q->name, W + (size_t)i * size, q->n, i, q->seed, q->lazy);
    npz_add(&z, "W", "f8", 3, dim, W);
    int status = npz_write(&z, q->out, e);
    npz_close(&z);
    free(W);
    return status;
}

/* All edges that the rounds use. */
static int plot(const struct question *q, struct err *e)
{
    size_t size = (size_t)q->n * (size_t)q->n;
    double *W = xcalloc(size, sizeof(*W)), *all = xcalloc(size, sizeof(*all));
    char title[CONFIG_TEXT + 64];
    for (int round = 0; round < q->rounds; round++) {
        topology_fill(q->name, W, q->n, round, q->seed, q->lazy);
        for (size_t i = 0; i < size; i++)
            all[i] += W[i];
    }
    snprintf(title, sizeof(title), "%.255s, n = %d, %d round%s", q->name, q->n, q->rounds,
             q->rounds == 1 ? "" : "s");
    int status = graph_draw(all, q->n, title, q->plot, e);
    free(W), free(all);
    return status;
}

static int topology_main(int argc, char **argv)
{
    const char *n = "16", *rounds = "1", *seed = "1";
    struct question q = {0};
    const struct option options[] = {{"n", &n, NULL},         {"rounds", &rounds, NULL},
                                     {"out", &q.out, NULL},   {"seed", &seed, NULL},
                                     {"plot", &q.plot, NULL}, {"lazy", NULL, &q.lazy}};
    struct arguments a;
    struct err e;
    if (arguments_parse(&a, argc, argv, options, LENGTH(options), "NAME", 0, &e) < 0)
        return fail(&e);
    long number = arguments_whole(seed, 0, 999999999999999);
    q.name = a.operand, q.seed = (uint64_t)number;
    q.n = (int)arguments_whole(n, 1, 4096), q.rounds = (int)arguments_whole(rounds, 1, 10000);
    if (!q.name || q.n < 0 || q.rounds < 0 || number < 0) {
        err_usage(&e, "topology takes NAME, -n from 1 to 4096, --rounds from 1 to 10000 and a "
                      "--seed from 0");
        return fail(&e);
    }
    if (topology_check(q.name, q.n, &e) < 0 || (q.out && save(&q, &e) < 0) ||
        (q.plot && plot(&q, &e) < 0))
        return fail(&e);
    topology_describe(stdout, q.name, q.n, q.seed, q.lazy);
    return EXIT_DONE;
}

const struct verb verb_topology = {
    .name = "topology",
    .about = "degree, eigenvalues, spectral gap and D2 verdict of a graph",
    .main = topology_main,
    .help = "usage: gossipbench topology NAME [-n N] [--lazy] [--seed S] [--rounds T]\n"
            "                            [--out W.npz] [--plot FILE.png]\n\n"
            "NAME is a graph of `gossipbench info`, or file:PATH, a file with lines\n"
            "'i j [weight]'.\n"
            "--seed chooses among random graphs.\n"
            "--out writes W (T, N, N) float64: x_i <- sum_j W[t, i, j] x_j in round t.\n"
            "--plot draws all edges that the T rounds use (needs gnuplot).\n"};
