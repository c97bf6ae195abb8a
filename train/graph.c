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
    g->round = -1;
    g->plan = xcalloc(g->period ? (size_t)g->period : 1, sizeof(*g->plan));
}

void graph_close(struct graph *g)
{
    for (int i = 0; g->plan && i < (g->period ? g->period : 1); i++)
        mixing_close(g->plan[i]);
    free(g->plan), free(g->W), free(g->arrives);
    memset(g, 0, sizeof(*g));
}

static const double *weights_at(struct graph *g, long round)
{
    round = g->period ? round % g->period : round;
    if (g->round != round)
        topology_fill(&g->spec, g->W, (int)round);
    g->round = round;
    return g->W;
}

const struct mixing *graph_at(struct graph *g, long round)
{
    struct mixing **plan = &g->plan[g->period ? round % g->period : 0];
    if (*plan && g->period == 0) {
        mixing_close(*plan);
        *plan = NULL;
    }
    if (!*plan)
        *plan = mixing_open(g->gossip, weights_at(g, round));
    return *plan;
}

const double *graph_with_faults(struct graph *g, const struct faults *f, long round, long step,
                                enum exchange x, enum keeper keeper, long *n_sent)
{
    size_t size = (size_t)g->spec.n * (size_t)g->spec.n;
    if (!g->arrives)
        g->arrives = xcalloc(size, sizeof(double));
    memcpy(g->arrives, weights_at(g, round), size * sizeof(double));
    *n_sent = faults_apply(f, g->arrives, g->spec.n, step, x, keeper);
    return g->arrives;
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
    return relay_open(g->gossip, weights_at(g, 0));
}
