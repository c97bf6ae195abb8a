#include "cli/cli.h"
#include "loaders/npz.h"
#include "topologies/spectrum.h"
#include <stdio.h>
#include <stdlib.h>

static int save(const char *name, int n, int rounds, int lazy, const char *path, struct err *e)
{
    size_t dim[] = {(size_t)rounds, (size_t)n, (size_t)n}, size = dim[1] * dim[2];
    double *W = xcalloc(dim[0] * size, sizeof(*W));
    struct npz z = {0};
    for (int i = 0; i < rounds; i++)
        topology_fill(name, W + (size_t)i * size, n, i, 1, lazy);
    npz_add(&z, "W", "f8", 3, dim, W);
    int status = npz_write(&z, path, e);
    npz_close(&z);
    free(W);
    return status;
}

static void print_report(const char *about, const char *name, int n, int lazy)
{
    double *W = xcalloc((size_t)n * (size_t)n, sizeof(*W));
    struct spectrum s;
    struct spectrum_rounds r;
    topology_fill(name, W, n, 0, 1, lazy);
    spectrum_of(&s, W, n);
    spectrum_rounds(&r, name, n, 1, lazy);
    printf("%s, n = %d%s: %s\n", name, n, lazy ? ", lazy (I + W) / 2" : "", about);
    printf("first round: degree %d, %d directed edges, %s\n", s.max_degree, s.edges,
           s.symmetric ? "symmetric" : "not symmetric");
    printf("eigenvalues from %.9f to %.9f, second singular value %.9f, spectral gap %.9f\n",
           s.smallest, s.largest, s.second, s.gap);
    printf("D2: %s\n", spectrum_d2_words(&s));
    if (r.period > 1)
        printf("period of %d rounds; over it, distance to averaging %.3e\n", r.period, r.norm);
    if (r.exact)
        printf("averages exactly after %d round%s\n", r.exact, r.exact == 1 ? "" : "s");
    free(W);
}

static int topology_main(int argc, char **argv)
{
    const char *n_text = "16", *rounds_text = "1", *out = NULL;
    int lazy = 0;
    const struct option options[] = {{"n", &n_text, NULL},
                                     {"rounds", &rounds_text, NULL},
                                     {"out", &out, NULL},
                                     {"lazy", NULL, &lazy}};
    struct arguments a;
    struct err e;
    const struct topology *t;
    char *end_n, *end_rounds;
    if (arguments_parse(&a, argc, argv, options, 4, "NAME", 0, &e) < 0)
        return fail(&e);
    long n = strtol(n_text, &end_n, 10), rounds = strtol(rounds_text, &end_rounds, 10);
    if (!a.operand || *end_n || n < 1 || n > 4096 || *end_rounds || rounds < 1 || rounds > 10000) {
        err_usage(&e, "topology takes NAME, -n from 1 to 4096 and --rounds from 1 to 10000");
        return fail(&e);
    }
    if (!(t = topology_find(a.operand, &e)) || topology_check(a.operand, (int)n, &e) < 0 ||
        (out && save(a.operand, (int)n, (int)rounds, lazy, out, &e) < 0))
        return fail(&e);
    print_report(t->about, a.operand, (int)n, lazy);
    return EXIT_DONE;
}

const struct verb verb_topology = {
    .name = "topology",
    .about = "degree, eigenvalues, spectral gap and D2 verdict of a graph",
    .main = topology_main,
    .help = "usage: gossipbench topology NAME [-n N] [--lazy] [--rounds T] [--out W.npz]\n\n"
            "--out writes W (T, N, N) float64: x_i <- sum_j W[t, i, j] x_j in round t.\n"};
