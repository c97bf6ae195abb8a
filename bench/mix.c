/* mix: a round of gossip on every topology with all workers on this rank: the arithmetic without
 * the network.  16 workers, or another number if the graph does not allow 16; vectors as long as
 * ResNet-20's.
 *
 * Items are the n d numbers that a round computes.  bytes are the minimum traffic: n d numbers read
 * and n d numbers written.  Not counted: neighbours' rows that are read again after leaving the
 * cache, and memory that a processor reads only to overwrite it.  If the workers fit in a cache,
 * the triad may be exceeded. */
#include "bench/compare.h"
#include "bench/groups.h"
#include "topologies/topologies.h"
#include "train/graph.h"
#include <stdio.h>
#include <stdlib.h>

enum { D = 272474, APART = 997, N_CHECKED = D / APART, SEED = 1 };

struct setup {
    int n;
    struct gossip *gossip;
    struct workers w;
    struct graph graph;
};

/* The first possible n of 16, 17, ... 80, 1, 2, ... 15; 0: none is possible. */
static int n_workers(const char *topology)
{
    enum { FIRST = 16, LAST = 80 };
    struct err e;
    for (int k = 0; k < LAST; k++) {
        int n = 1 + (FIRST - 1 + k) % LAST;
        if (topology_check(&(struct topology_spec){.name = topology, .n = n}, &e) == 0)
            return n;
    }
    return 0;
}

static void setup_open(struct setup *s, const char *topology)
{
    struct err e;
    s->n = n_workers(topology);
    s->gossip = gossip_open(s->n, D, &e);
    if (!s->gossip)
        die("%s", e.text);
    CHECK(gossip_count(s->gossip) == s->n);
    workers_init(&s->w, s->n, 0, s->n, D, 0, 1);
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < D; k++)
            s->w.at[i].vec[X][k] = (real)((i * 389 + k) % 1009) / 1009;
    graph_open(&s->graph, s->gossip,
               &(struct topology_spec){.name = topology, .n = s->n, .seed = SEED});
}

static void setup_close(struct setup *s)
{
    graph_close(&s->graph);
    workers_release(&s->w);
    gossip_close(s->gossip);
}

/* Coordinates at distances of APART, from the last one down: v (n, N_CHECKED). */
static void sample(const struct setup *s, real *v)
{
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < N_CHECKED; k++)
            *v++ = s->w.at[i].vec[X][D - 1 - k * APART];
}

/* want (n, N_CHECKED) = W (n, n) v (n, N_CHECKED) */
static void multiply(int n, const double *W, const real *v, real *want)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < N_CHECKED; k++) {
            double sum = 0;
            for (int j = 0; j < n; j++)
                sum += W[i * n + j] * (double)v[j * N_CHECKED + k];
            *want++ = (real)sum;
        }
}

/* Compare all rounds of a period with products with the whole matrix. */
static void check(struct bench *b, const void *topology)
{
    struct setup s;
    setup_open(&s, topology);
    size_t n = (size_t)s.n, n_checked = n * N_CHECKED;
    double *W = xcalloc(n * n, sizeof(*W));
    real *v = xcalloc(n_checked, sizeof(real)), *want = xcalloc(n_checked, sizeof(real));
    int step = 0;
    do {
        sample(&s, v);
        topology_fill(&s.graph.spec, W, step);
        multiply(s.n, W, v, want);
        gossip_mix(s.gossip, graph_at(&s.graph, step), &s.w, BIT(X));
        sample(&s, v);
        compare(b, "mixed", n_checked, v, want, 1e-6);
    } while (++step < topology_period(&s.graph.spec));
    free(W), free(v), free(want);
    setup_close(&s);
}

static void mix(struct bench *b, const void *topology)
{
    struct setup s;
    long step = 0;
    setup_open(&s, topology);
    while (bench_next(b))
        gossip_mix(s.gossip, graph_at(&s.graph, step++), &s.w, BIT(X));
    bench_items(b, (double)s.n * D);
    bench_bytes(b, 2.0 * s.n * D * sizeof(real));
    setup_close(&s);
}

void add_mixings(void)
{
    char name[96];
    for (size_t i = 0; i < n_topology; i++) {
        const struct topology *t = topology_registry[i].item;
        const char *topology = t->example ? t->example : topology_registry[i].name;
        int n = n_workers(topology);
        snprintf(name, sizeof(name), "mix/%.40s/n:%d/d:%d", topology, n, D);
        if (n > 0)
            bench_add(name, check, mix, topology);
    }
}
