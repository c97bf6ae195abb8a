/* graph: the mixings of a topology over time; each is planned only once if they repeat. */
#pragma once
#include "gossip/gossip.h"
#include "topologies/topologies.h"
#include "train/faults.h"

struct graph {
    struct gossip *gossip;
    struct topology_spec spec;
    union value value[MAX_PARAMETER]; /* the values of its parameters */
    int period;
    double *W;            /* (n, n) the weights of `round` */
    long round;           /* -1: none yet */
    double *arrives;      /* (n, n) those of what arrives; taken when first needed */
    struct mixing **plan; /* (period); if the graph never repeats, one, replaced at each round */
};

/* The graph must have passed topology_check; the caller keeps its name. */
void graph_open(struct graph *g, struct gossip *gossip, const struct topology_spec *spec);
void graph_close(struct graph *g);
const struct mixing *graph_at(struct graph *g, long round);
/* W (n, n) of what arrives in an exchange of a round of gossip, with the faults of a gradient step; *n_sent: the messages that are sent.  Valid until the
 * next call. */
const double *graph_with_faults(struct graph *g, const struct faults *f, long round, long step,
                                enum exchange x, enum keeper keeper, long *n_sent);
/* From how many workers of other ranks this rank receives vectors over a whole period; an upper
 * bound if the graph never repeats. */
int graph_n_heard(struct graph *g);
/* A relay of messages along the edges of the graph; NULL if the edges change. */
struct relay *graph_relay(struct graph *g);
