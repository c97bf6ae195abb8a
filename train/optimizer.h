/* optimizer: the decentralized optimizer: workers, their method, their graph and their ranks.  A
 * step is one round of all n workers, whatever computes their gradients. */
#pragma once
#include "algorithms/algorithms.h"
#include "gossip/gossip.h"
#include "train/graph.h"

/* n workers, their method with its hyper-parameters, and their graph. */
struct optimizer_request {
    const char *algorithm, *topology;
    union value parameter[MAX_PARAMETER];          /* in the order of the method's list */
    union value topology_parameter[MAX_PARAMETER]; /* in the order of the graph's list */
    double weight_decay, clip_norm;                /* clip_norm 0: gradients are not clipped */
    int lazy, n, local_steps;                      /* local_steps 0 stands for 1 */
    uint64_t seed;                                 /* of random graphs */
    struct faults faults;
};

struct optimizer {
    const struct algorithm *algorithm;
    union value parameter[MAX_PARAMETER];
    double weight_decay, clip_norm;
    int local_steps;
    struct faults faults;
    struct gossip *gossip;
    struct graph graph;
    struct relay *relay; /* for a method that relays */
    struct workers w;
    double bytes_sent;                   /* by all workers since step 0, at 4 bytes a number */
    double seconds_compute, seconds_mix; /* of this rank */
};

/* Set up workers with vectors of d numbers; all names must have been checked.  -1 with a sentence,
 * the same at all ranks, if there are more ranks than workers or messages cannot be relayed. */
int optimizer_open(struct optimizer *o, const struct optimizer_request *q, size_t d, struct err *e);
/* The bytes that optimizer_allocate and gossip will need for the local workers. */
double optimizer_memory(struct optimizer *o);
/* Allocate their memory, zeroed.  Must come before any call below. */
void optimizer_allocate(struct optimizer *o);
void optimizer_close(struct optimizer *o);
/* For checkpoints: what the next round needs of worker i (x, the method's state, and the messages
 * relayed to i), as rows of w.length numbers.  How many rows there are, and the k-th, which is NULL
 * at ranks that do not host i. */
int optimizer_n_row(const struct optimizer *o, int i);
real *optimizer_row(struct optimizer *o, int i, int k);
/* Do one step of all workers.  gradient(context, i) writes the stochastic gradient of the i-th
 * local worker at its x into its G, unless the worker is away.  The step then clips the gradient
 * and adds weight decay once; gossip follows if (t + 1) mod local_steps = 0, on the graph of round
 * t / local_steps.  The caller need set only t and the rates in k.  Collective. */
void optimizer_step(struct optimizer *o, struct tick k, void (*gradient)(void *context, int i),
                    void *context);
