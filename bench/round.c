/* round: the cost of a method: a round of 16 workers on a lazy ring, all on this rank, with vectors
 * as long as ResNet-20's and gradients that are only copied.
 *
 * bytes are what must move if only vectors of one worker stay in cache, and those only within a
 * step: a gradient is written and read; x, and every state vector that changes in the round, is
 * read and written by the step; every vector that is mixed or averaged in the round is read and
 * written once more; and so is every relayed message, and x by relaying.  So 1 / of_triad is how
 * many times longer a round takes than these bytes at the triad's speed.  Neighbours' rows that are
 * read again are not counted, nor is a second pass over a vector, or memory that is read only to be
 * overwritten.  Counters:
 *   state   the vectors that a worker keeps in addition to x and g
 *   sent    the vectors that a worker sends to each neighbour in a round, including exact averages
 *           (to all others)
 * tests/test_algorithms.c checks the methods. */
#include "bench/groups.h"
#include "topologies/topologies.h"
#include "train/config.h"
#include "train/optimizer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { D = 272474, N = 16, ROUNDS = 12 };

struct setup {
    struct optimizer o;
    real *gradient; /* (D), the same for all workers */
    long step;
};

static void gradient(void *context, int i)
{
    const struct setup *s = context;
    memcpy(s->o.w.at[i].vec[G], s->gradient, s->o.w.d * sizeof(real));
}

static void setup_open(struct setup *s, const char *method, size_t d)
{
    struct config c;
    struct err e;
    memset(s, 0, sizeof(*s));
    config_default(&c);
    if (config_set(&c, "algorithm", method, &e) < 0)
        die("%s", e.text);
    struct optimizer_request q = config_optimizer(&c);
    q.topology = "ring", q.lazy = 1, q.n = N;
    if (optimizer_open(&s->o, &q, d, &e) < 0)
        die("%s", e.text);
    optimizer_allocate(&s->o);
    s->gradient = xcalloc(d, sizeof(real));
    for (size_t k = 0; k < d; k++)
        s->gradient[k] = (real)(k * 389 % 1009) / 1009 - (real)0.5;
    for (int i = 0; i < N; i++)
        for (size_t k = 0; k < d; k++)
            s->o.w.at[i].vec[X][k] = (real)(i + 1) * s->gradient[d - 1 - k];
}

static void setup_close(struct setup *s)
{
    optimizer_close(&s->o);
    free(s->gradient);
}

static struct tick tick(const struct setup *s)
{
    return (struct tick){(int)s->step, 1e-3, 1e-3};
}

static void round_once(struct setup *s)
{
    optimizer_step(&s->o, tick(s), gradient, s);
    s->step++;
}

/* A number that changes with the vector. */
static double trace(const real *v, size_t d)
{
    double sum = 0;
    for (size_t k = 0; k < d; k++)
        sum += (double)(k + 1) * (double)v[k];
    return sum;
}

/* Do a round; returns how many vectors of a worker are read or written in it, without messages. */
static int n_touched(struct setup *s)
{
    const struct algorithm *a = s->o.algorithm;
    const struct worker *w = &s->o.w.at[3];
    unsigned exchanged = algorithm_mixed(a, s->o.parameter, tick(s)) |
                         algorithm_averaged(a, s->o.parameter, tick(s));
    int n =
        2 + (a->relayed != 0) + __builtin_popcount(a->mixed_first) + __builtin_popcount(exchanged);
    double before[MAX_VEC];
    for (int v = S0; v < S0 + a->n_state; v++)
        before[v] = trace(w->vec[v], w->d);
    round_once(s);
    for (int v = S0; v < S0 + a->n_state; v++)
        n += trace(w->vec[v], w->d) != before[v];
    return n;
}

/* How many vectors must move in a round, on average over some rounds of short vectors. */
static double n_moved(const char *method)
{
    enum { SHORT = 1000 };
    struct setup s;
    double n = 0;
    setup_open(&s, method, SHORT);
    for (int t = 0; t < ROUNDS; t++) /* until no state is still zero */
        round_once(&s);
    for (int t = 0; t < ROUNDS; t++)
        n += (double)n_touched(&s) * N / ROUNDS;
    for (int i = 0; i < N; i++) /* messages to i */
        n += optimizer_n_row(&s.o, i) - 1 - s.o.algorithm->n_state;
    setup_close(&s);
    return 2 * n;
}

static void run(struct bench *b, const void *method)
{
    struct setup s;
    setup_open(&s, method, D);
    while (bench_next(b))
        round_once(&s);
    double edges = (double)mixing_edges(graph_at(&s.o.graph, 0));
    bench_bytes(b, n_moved(method) * D * sizeof(real));
    bench_number(b, "state", s.o.algorithm->n_state);
    bench_number(b, "sent", s.o.bytes_sent / (4 * edges * D * (double)s.step));
    setup_close(&s);
}

void add_rounds(void)
{
    char name[96];
    for (size_t i = 0; i < n_algorithm; i++) {
        snprintf(name, sizeof(name), "round/%.48s/n:%d/d:%d", algorithm_registry[i].name, N, D);
        bench_add(name, NULL, run, algorithm_registry[i].name);
    }
}
