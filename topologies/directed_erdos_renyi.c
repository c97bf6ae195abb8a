/* directed-erdos-renyi[-<p>]: an edge from any worker to any other with probability p, drawn once
 * from the stream (seed, topology); the whole graph is redrawn until every worker can reach every
 * other.  Worker j, with o_j out-neighbours, divides what it has equally among them and itself:
 *
 *     W[i, j] = 1 / (1 + o_j)
 *
 * The columns of W sum to 1 but its rows do not: a graph for push-sum; plain averaging would favour
 * workers with many out-neighbours.
 * By default p = min(1, 2 ln n / n), twice the threshold of strong connectivity.  A p below the
 * threshold is refused, since it would take too many draws.
 * The model: Gilbert, Random Graphs, 1959, for directed edges; the weights: Kempe, Dobra and
 * Gehrke, FOCS 2003. */
#include "topologies/draw.h"
#include "topologies/parameter.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"
#include <math.h>
#include <stdlib.h>

static double threshold(int n)
{
    return log(n) / n;
}

static double probability(const char *name, int n)
{
    return parameter(name, "directed-erdos-renyi", fmin(1, 2 * threshold(n)));
}

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    double p = probability(g->name, n);
    if (!(p >= threshold(n) && p <= 1))
        return err_usage(e, "p must be a number from ln n / n = %.4g to 1", threshold(n));
    return 0;
}

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

static void fill(double *W, const struct topology_spec *g, int step)
{
    (void)step;
    int n = g->n;
    size_t N = (size_t)n;
    double *turned = xcalloc(N * N, sizeof(*turned)), p = probability(g->name, n);
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
    .fill = fill,
};
