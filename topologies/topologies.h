/* topologies: the mixing matrix of each step.
 * A topology is a pure function of (name, n, step, seed).  It may not know MPI, ranks, workers'
 * vectors or earlier steps: every rank computes the same matrix by itself.
 *
 * Conventions: W (n, n) of doubles, row major; W[i * n + j] is the weight that worker i gives to
 * worker j's value, so a round of gossip is x_i <- sum_j W[i, j] x_j.  No weight is negative, and
 * rows and columns sum to 1, which preserves the mean over the workers.  For a `push` graph only
 * the columns sum to 1, which preserves the sum.  Weights are doubles, because a third rounded to
 * float changes the mean a little in every round. */
#pragma once
#include "core/parameter.h"
#include "core/registry.h"
#include <stdint.h>

/* A graph over n workers. */
struct topology_spec {
    const char *name;         /* the full name, including the parameter if it has one */
    int n, lazy;              /* lazy: mix with (I + W) / 2 */
    uint64_t seed;            /* of random graphs */
    const union value *value; /* values of the family's parameters; NULL: the initial values */
};

/* A family of graphs. */
struct topology {
    const char *about;   /* one line for the user */
    const char *example; /* a name with a parameter, if the registered name has a place for one */
    const struct parameter *parameter; /* NULL: none */
    int push; /* the columns of W sum to 1, but perhaps not the rows; a graph with such rows is for
                 push-sum methods, which also mix a weight */
    int only; /* the only possible n, as for a graph from a book; 0: there are others */
    /* The number of workers of the graph of this name, read from its file; 0 if the file cannot be
     * read.  NULL: there is no file. */
    int (*count)(const char *name);
    /* A list of edges (n_edge), for topology_fill_edges of weights.h; NULL: fill has its own. */
    const unsigned char (*edge)[2];
    size_t n_edge;
    /* 0 if the graph exists for n >= 1 workers, else -1 with a usage error that says which n are
     * possible or what is wrong with a file.  NULL: every n is possible. */
    int (*check)(const struct topology_spec *g, struct err *e);
    /* W of step t is W of step t + period; 0: never repeats.  NULL: 1, the same at every step. */
    int (*period)(const struct topology_spec *g);
    /* Write the weights of a step >= 0 into the zeroed W (n, n); g has passed the check, and
     * g->value is not NULL if there are parameters. */
    void (*fill)(double *W, const struct topology_spec *g, int step);
};

/* All families, by their names in topologies/list.h; items are const struct topology *.  In a name,
 * <k> stands for a parameter and [-<k>] for an optional one. */
extern const struct registry topology_registry[];
extern const size_t n_topology;

/* The family of a graph's name; NULL with a usage error that lists the known families if there is
 * none. */
const struct topology *topology_find(const char *name, struct err *e);
/* 0 if there is such a graph, else -1 with a sentence. */
int topology_check(const struct topology_spec *g, struct err *e);
/* The only number of workers that the graph of this name has; 0 if it has several, or none. */
int topology_own_n(const char *name);
/* All functions below are for graphs that have passed topology_check.
 * The number of steps after which the matrices repeat: 1 for a static graph, 0 if they never do. */
int topology_period(const struct topology_spec *g);
/* Overwrite W (n, n) with the matrix of the step. */
void topology_fill(const struct topology_spec *g, double *W, int step);
/* Whether the rows of some round do not sum to 1, so that only push-sum methods preserve the
 * mean. */
int topology_is_push(const struct topology_spec *g);
/* The path of the file that defines the graph of this name; NULL if there is no such file. */
const char *topology_file(const char *name);

#define REGISTER(name, symbol) extern const struct topology topology_##symbol;
#include "topologies/list.h"
#undef REGISTER
