/* mix: a round of gossip on every topology, all workers on this rank: the arithmetic without the
 * network.  16 workers, or 32 where 16 do not fit; vectors as long as ResNet-20's. */
#include "bench/groups.h"
#include "topologies/topologies.h"
#include "train/graph.h"
#include <stdio.h>

enum { D = 272474 };

static int n_workers(const struct topology *t)
{
    struct err e;
    return topology_check(t, "", 16, &e) == 0 ? 16 : 32;
}

static void mix(struct bench *b, const void *topology)
{
    int n = n_workers(topology);
    struct workers w;
    struct graph graph;
    struct err e;
    struct gossip *g = gossip_open(n, D, &e);
    if (!g)
        die("%s", e.text);
    workers_init(&w, n, gossip_first(g), gossip_count(g), D, 1);
    for (int i = 0; i < n; i++)
        for (size_t k = 0; k < D; k++)
            w.at[i].vec[X][k] = (real)(i + 1) * (real)(k % 7);
    graph_open(&graph, g, topology, n, 0, 1);
    double bytes = (double)mixing_edges(graph_at(&graph, 0)) * D * sizeof(real);
    long step = 0;
    while (bench_next(b))
        gossip_mix(g, graph_at(&graph, step++), &w, BIT(X));
    bench_bytes(b, bytes);
    bench_items(b, (double)n * D);
    graph_close(&graph);
    workers_release(&w);
    gossip_close(g);
}

void add_mixings(void)
{
    char name[96];
    for (size_t i = 0; i < n_topology; i++) {
        const struct topology *t = topology_registry[i].item;
        snprintf(name, sizeof(name), "mix/%.40s/n:%d/d:%d", topology_registry[i].name, n_workers(t),
                 D);
        bench_add(name, mix, t);
    }
}
