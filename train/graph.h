/* graph: a topology's mixings over time, each planned once when they repeat. */
#ifndef TRAIN_GRAPH_H
#define TRAIN_GRAPH_H
#include "gossip/gossip.h"
#include "topologies/topologies.h"

struct graph {
    struct gossip *gossip;
    struct topology_spec spec;
    union value value[MAX_PARAMETER]; /* of its parameters */
    int period;
    double *W;            /* (n, n) scratch */
    struct mixing **plan; /* (period), or one that is planned anew each step if it never repeats */
};

/* The graph must have passed topology_check; the caller keeps its name. */
void graph_open(struct graph *g, struct gossip *gossip, const struct topology_spec *spec);
void graph_close(struct graph *g);
const struct mixing *graph_at(struct graph *g, long step);
/* How many workers of other ranks this rank hears from in the course of time: at most, if the graph
 * never repeats. */
int graph_n_heard(struct graph *g);
/* For messages that are relayed along its edges; NULL if they change. */
struct relay *graph_relay(struct graph *g);
#endif
