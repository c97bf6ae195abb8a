/* directed-erdos-renyi[-<p>]: an edge from any worker to any other with probability p, drawn once
 * from the stream (seed, topology), and all again until every worker can reach every other.  Worker
 * j, heard by o_j others, gives each of them and itself an equal share of what it has,
 *
 *     W[i, j] = 1 / (1 + o_j),
 *
 * so that the columns of W sum to 1 and its rows do not: a graph for push-sum, on which plain
 * averaging would favour those who are heard by many.
 * p = min(1, 2 ln n / n) unless the name says another: twice the threshold of strong connectivity,
 * below which it would be drawn for long, so that p is refused there.
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

/* W: who hears whom; turned: the same with every edge turned round. */
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
