/* erdos-renyi[-<p>]: an edge between any two workers with probability p, drawn once from the stream
 * (seed, topology); the whole graph is redrawn until it is connected; Metropolis-Hastings weights
 * (weights.h).  By default p = min(1, 2 ln n / n), twice the threshold of connectivity.  A p below
 * the threshold, ln n / n, is refused, since it would take too many draws.
 * Erdos, Renyi: On the Evolution of Random Graphs, 1960; the model is Gilbert's, 1959. */
#include "topologies/draw.h"
#include "topologies/parameter.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"
#include <math.h>

static double threshold(int n)
{
    return log(n) / n;
}

static double probability(const char *name, int n)
{
    return parameter(name, "erdos-renyi", fmin(1, 2 * threshold(n)));
}

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    double p = probability(g->name, n);
    if (!(p >= threshold(n) && p <= 1))
        return err_usage(e, "p must be a number from ln n / n = %.4g to 1", threshold(n));
    return 0;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    (void)step;
    int n = g->n;
    struct random r = draw_of_seed(g);
    double p = probability(g->name, n);
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
