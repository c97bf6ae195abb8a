/* graph: the mixing steps of a topology over time.  If they repeat, each is planned only once. */
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
    double *arrives;      /* (n, n) the weights of what arrives; allocated when first needed */
    struct mixing **plan; /* (period); a single one, replaced each round, if none repeats */
};

/* The graph must have passed topology_check; the caller keeps its name. */
void graph_open(struct graph *g, struct gossip *gossip, const struct topology_spec *spec);
void graph_close(struct graph *g);
const struct mixing *graph_at(struct graph *g, long round);
/* The matrix W (n, n) of what arrives in an exchange of this round of gossip, under the faults of
 * gradient step `step`; *n_sent gets the number of messages sent.  Valid until the next call. */
const double *graph_with_faults(struct graph *g, const struct faults *f, long round, long step,
                                enum exchange x, enum keeper keeper, long *n_sent);
/* The number of workers on other ranks from which this rank receives vectors over a whole period;
 * an upper bound if the graph never repeats. */
int graph_n_heard(struct graph *g);
/* A relay along the edges of the graph; NULL if the edges change over time. */
struct relay *graph_relay(struct graph *g);
