/* optimizer: the decentralized optimizer: workers, their method, their graph and who hosts them.
 * A step is one round of all n workers, whatever their gradients come from. */
#ifndef TRAIN_OPTIMIZER_H
#define TRAIN_OPTIMIZER_H
#include "algorithms/algorithms.h"
#include "gossip/gossip.h"
#include "train/graph.h"

/* n workers, their method with its hyper-parameters, and their graph. */
struct optimizer_request {
    const char *algorithm, *topology;
    union value parameter[MAX_PARAMETER];          /* in the order of the method's list */
    union value topology_parameter[MAX_PARAMETER]; /* in that of the graph's */
    double weight_decay;
    int lazy, n;
    uint64_t seed; /* of graphs that are drawn */
};

struct optimizer {
    const struct algorithm *algorithm;
    union value parameter[MAX_PARAMETER];
    double weight_decay;
    struct gossip *gossip;
    struct graph graph;
    struct relay *relay; /* of a method that relays */
    struct workers w;
    double bytes_sent;                   /* by all workers since step 0: values times 4 */
    double seconds_compute, seconds_mix; /* of this rank */
};

/* Workers with vectors of d numbers; names must have passed their checks; -1 with a sentence, the
 * same at all ranks, if there are more ranks than workers, or messages cannot be relayed. */
int optimizer_open(struct optimizer *o, const struct optimizer_request *q, size_t d, struct err *e);
/* Bytes that the local workers and their gossip are going to take. */
double optimizer_memory(struct optimizer *o);
/* Room for them, zeroed; before anything below. */
void optimizer_allocate(struct optimizer *o);
void optimizer_close(struct optimizer *o);
/* What the next round depends on, for a checkpoint: x, the method's state and the messages on their
 * way to worker i, as rows of w.length numbers: how many; the k-th, NULL at ranks that do not host
 * i. */
int optimizer_n_row(const struct optimizer *o, int i);
real *optimizer_row(struct optimizer *o, int i, int k);
/* One round.  gradient(context, i) writes the stochastic gradient of the i-th local worker at its
 * x into its G; weight decay is added here, once.  All ranks. */
void optimizer_step(struct optimizer *o, struct tick k, void (*gradient)(void *context, int i),
                    void *context);
#endif
