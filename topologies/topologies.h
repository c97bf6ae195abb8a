/* topologies: who listens to whom, and with what weight, at a step.
 * A topology is a pure function of (name, n, step, seed).  It may not know MPI, ranks, workers'
 * vectors or what an earlier step looked like: every rank computes the same matrix by itself.
 *
 * Conventions: W (n, n) of doubles, row major; W[i * n + j] is the weight that worker i gives to
 * worker j's value, so a round of gossip is x_i <- sum_j W[i, j] x_j.  Rows and columns sum to 1
 * and no weight is negative: the mean over the workers is kept; of a `push` graph the columns alone
 * do, which keeps the sum.  Doubles, because a third rounded to float loses the mean a little every
 * round. */
#ifndef TOPOLOGIES_TOPOLOGIES_H
#define TOPOLOGIES_TOPOLOGIES_H
#include "core/parameter.h"
#include "core/registry.h"
#include <stdint.h>

/* A graph over n workers. */
struct topology_spec {
    const char *name;         /* in full: a family with a parameter in its name reads it there */
    int n, lazy;              /* lazy: mix with (I + W) / 2 */
    uint64_t seed;            /* of the graphs that are drawn */
    const union value *value; /* of the family's own parameters; NULL: the initial values */
};

/* A family of graphs. */
struct topology {
    const char *about;   /* one line for the user */
    const char *example; /* a name with a parameter, if the registered name has a place for one */
    const struct parameter *parameter; /* NULL: none */
    int push; /* only the columns sum to 1: for methods that carry a weight along */
    /* 0 if the graph exists for n >= 1 workers, else -1 with a sentence: a usage error that says
     * which n fit, or what is wrong with a file.  NULL: every n fits. */
    int (*check)(const struct topology_spec *g, struct err *e);
    /* W of step t is W of step t + period; 0: never repeats.  NULL: 1, the same at every step. */
    int (*period)(const struct topology_spec *g);
    /* Write the weights of a step >= 0 into the zeroed W (n, n); g has passed the check, and its
     * values are there. */
    void (*fill)(double *W, const struct topology_spec *g, int step);
};

/* All of them, as named in topologies/list.h; items are const struct topology *.  In a name,
 * <k> stands for a parameter, and [-<k>] for one that may be left out. */
extern const struct registry topology_registry[];
extern const size_t n_topology;

/* The family of a graph's name; NULL with a usage error that lists the known ones when there is
 * none. */
const struct topology *topology_find(const char *name, struct err *e);
/* 0 if there is such a graph, else -1 with a sentence. */
int topology_check(const struct topology_spec *g, struct err *e);
/* The rest is for graphs that have passed topology_check.
 * Steps after which the matrices repeat: 1 for a static graph, 0 if they never do. */
int topology_period(const struct topology_spec *g);
/* W (n, n), whatever it held, becomes the matrix of the step. */
void topology_fill(const struct topology_spec *g, double *W, int step);
/* The file that decides the graph of this name; NULL if none does. */
const char *topology_file(const char *name);

#define REGISTER(name, symbol) extern const struct topology topology_##symbol;
#include "topologies/list.h"
#undef REGISTER
#endif
