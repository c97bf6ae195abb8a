/* topologies: who listens to whom, and with what weight, at a step.
 * A topology is a pure function of (n, step, seed).  It may not know MPI, ranks, workers' vectors
 * or what an earlier step looked like: every rank computes the same matrix by itself.
 *
 * Conventions: W (n, n) of doubles, row major; W[i * n + j] is the weight that worker i gives to
 * worker j's value, so a round of gossip is x_i <- sum_j W[i, j] x_j.  Rows and columns sum to 1
 * and no weight is negative: the mean over the workers is kept.  Doubles, because a third rounded
 * to float loses the mean a little every round. */
#ifndef TOPOLOGIES_TOPOLOGIES_H
#define TOPOLOGIES_TOPOLOGIES_H
#include "core/registry.h"
#include <stdint.h>

struct topology {
    const char *about; /* one line for the user */
    /* 0 if the graph exists for n >= 1 workers, else -1 with a usage error that says which n fit.
     * NULL: every n fits. */
    int (*check)(int n, struct err *e);
    /* W of step t is W of step t + period; 0: never repeats.  NULL: 1, the same at every step. */
    int (*period)(int n);
    /* Write the weights of a step into the zeroed W (n, n); n has passed the check; step >= 0. */
    void (*fill)(double *W, int n, int step, uint64_t seed);
};

/* All of them, as named in topologies/list.h; items are const struct topology *. */
extern const struct registry topology_registry[];
extern const size_t n_topology;

/* NULL with a usage error that lists the known ones when there is none of this name. */
const struct topology *topology_find(const char *name, struct err *e);
/* 0 if n workers can stand in this graph, else -1 with a usage error; name is for the sentence. */
int topology_check(const struct topology *t, const char *name, int n, struct err *e);
/* Steps after which the matrices repeat: 1 for a static graph, 0 if they never do. */
int topology_period(const struct topology *t, int n);
/* W (n, n), whatever it held, becomes the matrix of the step; lazy: (I + W) / 2 in its place, whose
 * eigenvalues are all >= 0 when W is symmetric.  n has passed topology_check. */
void topology_fill(const struct topology *t, double *W, int n, int step, uint64_t seed, int lazy);

#define REGISTER(name, symbol) extern const struct topology topology_##symbol;
#include "topologies/list.h"
#undef REGISTER
#endif
