#include "train/graph.h"
#include <stdlib.h>
#include <string.h>

void graph_open(struct graph *g, struct gossip *gossip, const struct topology_spec *spec)
{
    size_t n = (size_t)spec->n;
    memset(g, 0, sizeof(*g));
    g->gossip = gossip, g->spec = *spec;
    if (spec->value) {
        struct err ignored;
        const struct topology *t = topology_find(spec->name, &ignored);
        memcpy(g->value, spec->value, (size_t)parameter_count(t->parameter) * sizeof(*g->value));
        g->spec.value = g->value;
    }
    g->period = topology_period(&g->spec);
    g->W = xcalloc(n * n, sizeof(double));
    g->plan = xcalloc(g->period ? (size_t)g->period : 1, sizeof(*g->plan));
}

void graph_close(struct graph *g)
{
    for (int i = 0; g->plan && i < (g->period ? g->period : 1); i++)
        mixing_close(g->plan[i]);
    free(g->plan), free(g->W);
    memset(g, 0, sizeof(*g));
}

const struct mixing *graph_at(struct graph *g, long step)
{
    struct mixing **plan = &g->plan[g->period ? step % g->period : 0];
    if (*plan && g->period == 0) {
        mixing_close(*plan);
        *plan = NULL;
    }
    if (!*plan) {
        topology_fill(&g->spec, g->W, (int)step);
        *plan = mixing_open(g->gossip, g->W);
    }
    return *plan;
}

int graph_n_heard(struct graph *g)
{
    int n = g->spec.n - gossip_count(g->gossip), heard = 0;
    for (int j = 0; j < g->spec.n && g->period; j++)
        for (int k = 0; k < g->period; k++)
            if (mixing_hears(graph_at(g, k), j)) {
                heard++;
                break;
            }
    return g->period ? heard : n;
}

struct relay *graph_relay(struct graph *g)
{
    if (g->period != 1)
        return NULL;
    topology_fill(&g->spec, g->W, 0);
    return relay_open(g->gossip, g->W);
}
