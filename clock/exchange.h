/* exchange: how many workers' messages each host sends to each other one in a round of a graph. */
#pragma once
#include "topologies/topologies.h"

/* What travels in one exchange. */
struct exchange_of_hosts {
    double edges; /* of the graph, self-loops not counted: the messages that a run logs */
    int n;
    struct transfer {
        int from, to;         /* hosts */
    } * transfer;             /* (n) */
    double *sends, *receives; /* (P) how many messages a host sends and receives */
};
/* The exchanges of a graph's period or, if the graph never repeats, the one last asked for. */
struct exchanges {
    struct topology_spec graph;
    int P, relayed, n_kept;
    struct exchange_of_hosts *kept; /* (n_kept) */
    long *step;                     /* (n_kept) the step of each; -1: not made yet */
    double *W;                      /* (n, n) */
    int *room;                      /* (2 P) */
};

/* relayed: each edge has its own message (RelaySGD); otherwise a worker's message is sent once to
 * each host.  What spec points to must outlive g.  -1 with a sentence if there is no such graph. */
int exchanges_open(struct exchanges *g, const struct topology_spec *spec, int P, int relayed,
                   struct err *e);
/* Valid until the next call. */
const struct exchange_of_hosts *exchanges_at(struct exchanges *g, long step);
void exchanges_close(struct exchanges *g);
