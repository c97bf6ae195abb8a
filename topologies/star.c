/* star: worker 0 in the middle, everyone else averages with it alone; Metropolis-Hastings weights
 * (weights.h): 1/n on every edge, so that the middle holds the mean after one round and the others
 * learn it slowly.  The eigenvalues are 1, 0 and n - 2 times 1 - 1/n: the gap of a parameter
 * server whose weights keep the mean is 1/n. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    (void)step;
    for (int i = 1; i < n; i++)
        topology_edge(W, n, 0, i);
    topology_metropolis(W, n);
}

const struct topology topology_star = {
    .about = "everyone averages with worker 0 alone, weights 1/n",
    .fill = fill,
};
