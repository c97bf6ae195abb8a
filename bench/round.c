/* round: the cost of a method: a round of 16 workers on a lazy ring, all on this rank, with vectors
 * as long as ResNet-20's and gradients that are only copied.  Counters:
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

enum { D = 272474, N = 16 };

struct setup {
    struct optimizer o;
    real *gradient; /* (D), the same for all workers */
    long step;
};

static void gradient(void *context, int i)
{
    const struct setup *s = context;
    memcpy(s->o.w.at[i].vec[G], s->gradient, D * sizeof(real));
}

static void setup_open(struct setup *s, const char *method)
{
    struct config c;
    struct err e;
    memset(s, 0, sizeof(*s));
    config_default(&c);
    if (config_set(&c, "algorithm", method, &e) < 0)
        die("%s", e.text);
    struct optimizer_request q = config_optimizer(&c);
    q.topology = "ring", q.lazy = 1, q.n = N;
    if (optimizer_open(&s->o, &q, D, &e) < 0)
        die("%s", e.text);
    optimizer_allocate(&s->o);
    s->gradient = xcalloc(D, sizeof(real));
    for (int k = 0; k < D; k++)
        s->gradient[k] = (real)(k * 389 % 1009) / 1009 - (real)0.5;
    for (int i = 0; i < N; i++)
        for (int k = 0; k < D; k++)
            s->o.w.at[i].vec[X][k] = (real)(i + 1) * s->gradient[D - 1 - k];
}

static void setup_close(struct setup *s)
{
    optimizer_close(&s->o);
    free(s->gradient);
}

static void round_once(struct setup *s)
{
    optimizer_step(&s->o, (struct tick){(int)s->step++, 1e-3, 1e-3}, gradient, s);
}

static void run(struct bench *b, const void *method)
{
    struct setup s;
    setup_open(&s, method);
    while (bench_next(b))
        round_once(&s);
    double edges = (double)mixing_edges(graph_at(&s.o.graph, 0));
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
