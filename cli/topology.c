#include "cli/cli.h"
#include "draw/graph.h"
#include "loaders/npz.h"
#include "topologies/spectrum.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What is asked for. */
struct question {
    const char *name, *about, *out, *plot;
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

static void print_first_round(const struct question *q, const struct spectrum *s)
{
    printf("%s, n = %d%s: %s\n", q->name, q->n, q->lazy ? ", lazy (I + W) / 2" : "", q->about);
    printf("first round: degree %d, %d directed edges, %s, ", s->max_degree, s->edges,
           s->symmetric ? "symmetric" : "not symmetric");
    if (s->diameter < 0)
        printf("not connected\n");
    else
        printf("diameter %d\n", s->diameter);
    printf("eigenvalues from %.9f to %.9f, second singular value %.9f, spectral gap %.9f\n",
           s->smallest, s->largest, s->second, fmax(0, s->gap));
}

static void print_d2(const struct question *q, const struct spectrum *s, int period)
{
    if (s->row_error > 1e-9) {
        printf("rows do not sum to 1, columns do: for push-sum (sgp, sgp-qg) only\n");
        return;
    }
    if (period == 1 && s->symmetric) {
        printf("D2: %s\n", spectrum_d2_words(s));
        return;
    }
    double growth = spectrum_d2_growth(q->name, q->n, q->seed, q->lazy);
    if (isnan(growth))
        printf("D2: unknown: the graph never repeats, or n is above %d\n", SPECTRUM_MAX_GROWTH);
    else
        printf("D2: %sstable: what the workers disagree in changes by the factor %.6f a round\n",
               growth < 1 ? "" : "not ", growth);
}

static void print_rounds(const struct spectrum_rounds *r)
{
    if (r->period > 1)
        printf("period of %d rounds; over it, distance to averaging %.3e\n", r->period, r->norm);
    else if (r->period == 0)
        printf("never repeats; over %d rounds, distance to averaging %.3e\n", SPECTRUM_ROUNDS,
               r->norm);
    if (r->heard)
        printf("everyone has heard from everyone after %d round%s\n", r->heard,
               r->heard == 1 ? "" : "s");
    if (r->exact)
        printf("averages exactly after %d round%s\n", r->exact, r->exact == 1 ? "" : "s");
}

static void print_report(const struct question *q)
{
    double *W = xcalloc((size_t)q->n * (size_t)q->n, sizeof(*W));
    struct spectrum s;
    struct spectrum_rounds r;
    topology_fill(q->name, W, q->n, 0, q->seed, q->lazy);
    spectrum_of(&s, W, q->n);
    spectrum_rounds(&r, q->name, q->n, q->seed, q->lazy);
    print_first_round(q, &s);
    print_d2(q, &s, r.period);
    print_rounds(&r);
    free(W);
}

/* A whole number from min to max; -1 for any other text. */
static long whole(const char *text, long min, long max)
{
    char *end;
    long v = strtol(text, &end, 10);
    return end != text && !*end && v >= min && v <= max ? v : -1;
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
    long seed_number = whole(seed, 0, 999999999999999);
    q.n = (int)whole(n, 1, 4096), q.rounds = (int)whole(rounds, 1, 10000);
    if (!a.operand || q.n < 0 || q.rounds < 0 || seed_number < 0) {
        err_usage(&e, "topology takes NAME, -n from 1 to 4096, --rounds from 1 to 10000 and a "
                      "--seed from 0");
        return fail(&e);
    }
    const struct topology *t = topology_find(a.operand, &e);
    if (!t || topology_check(a.operand, q.n, &e) < 0)
        return fail(&e);
    q.name = a.operand, q.about = t->about, q.seed = (uint64_t)seed_number;
    if ((q.out && save(&q, &e) < 0) || (q.plot && plot(&q, &e) < 0))
        return fail(&e);
    print_report(&q);
    return EXIT_DONE;
}

const struct verb verb_topology = {
    .name = "topology",
    .about = "degree, eigenvalues, spectral gap and D2 verdict of a graph",
    .main = topology_main,
    .help = "usage: gossipbench topology NAME [-n N] [--lazy] [--seed S] [--rounds T] "
            "[--out W.npz]\n                            [--plot FILE.png]\n\n"
            "--out writes W (T, N, N) float64: x_i <- sum_j W[t, i, j] x_j in round t.\n"
            "--plot draws all edges that the T rounds use (needs gnuplot).\n"
            "--seed is for graphs that are drawn.  NAME may be file:PATH, a file with lines\n"
            "'i j [weight]'; `gossipbench info` lists the others.\n"};
