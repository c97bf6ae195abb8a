/* erdos-renyi[-<p>]: an edge between any two workers with probability p, drawn once from the stream
 * (seed, topology); the whole graph is redrawn until it is connected; Metropolis-Hastings weights
 * (weights.h).  By default p = min(1, 2 ln n / n), twice the threshold of connectivity.  A p below
 * the threshold, ln n / n, is refused, since it would take too many draws.
 * Erdos, Renyi: On the Evolution of Random Graphs, 1960; the model is Gilbert's, 1959.
 *
 * directed-erdos-renyi[-<p>]: the same with an edge from any worker to any other, redrawn until
 * every worker can reach every other.  Worker j, with o_j out-neighbours, divides what it has
 * equally among them and itself:
 *
 *     W[i, j] = 1 / (1 + o_j)
 *
 * The columns of W sum to 1 but its rows do not: a graph for push-sum; plain averaging would favour
 * workers with many out-neighbours.  The weights: Kempe, Dobra and Gehrke, FOCS 2003. */
#include "topologies/draw.h"
#include "topologies/parameter.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double threshold(int n)
{
    return log(n) / n;
}

static double probability(const struct topology_spec *g)
{
    return parameter(strstr(g->name, "erdos"), "erdos-renyi", fmin(1, 2 * threshold(g->n)));
}

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    double p = probability(g);
    if (!(p >= threshold(n) && p <= 1))
        return err_usage(e, "p must be a number from ln n / n = %.4g to 1", threshold(n));
    return 0;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    struct random r = draw_of_seed(g);
    double p = probability(g);
    do {
        topology_no_edges(W, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                if (random_uniform(&r) < p)
                    topology_edge(W, n, i, j);
    } while (topology_apart(W, n) >= 0);
    topology_metropolis(W, n);
}

const struct topology topology_erdos_renyi = {
    .about = "each edge with probability p (2 ln n / n), drawn once; Metropolis-Hastings weights",
    .example = "erdos-renyi-0.4",
    .check = check,
    .fill = fill,
};

/* Draw the adjacency matrix into W, and its transpose into turned. */
static void draw(double *W, double *turned, int n, double p, struct random *r)
{
    size_t N = (size_t)n;
    topology_no_edges(W, n);
    topology_no_edges(turned, n);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            if (i != j && random_uniform(r) < p)
                W[i * N + j] = turned[j * N + i] = 1;
}

static void fill_directed(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    size_t N = (size_t)n;
    double *turned = xcalloc(N * N, sizeof(*turned)), p = probability(g);
    struct random r = draw_of_seed(g);
    do
        draw(W, turned, n, p, &r);
    while (topology_apart(W, n) >= 0 || topology_apart(turned, n) >= 0);
    for (size_t j = 0; j < N; j++) {
        double share = 1;
        for (size_t i = 0; i < N; i++)
            share += turned[j * N + i];
        for (size_t i = 0; i < N; i++)
            W[i * N + j] = (i == j || W[i * N + j] != 0) / share;
    }
    free(turned);
}

const struct topology topology_directed_erdos_renyi = {
    .about = "directed: each edge with probability p (2 ln n / n), drawn once; for push-sum",
    .example = "directed-erdos-renyi-0.4",
    .push = 1,
    .check = check,
    .fill = fill_directed,
};
