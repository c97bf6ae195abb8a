/* star: worker 0 is the centre, and all others average only with it; Metropolis-Hastings weights
 * (weights.h): 1/n on every edge, so that the centre has the mean after one round and the others
 * approach it slowly.  The eigenvalues are 1, 0 and n - 2 times 1 - 1/n: a parameter server whose
 * weights keep the mean has the gap 1/n. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (int i = 1; i < n; i++)
        topology_edge(W, n, 0, i);
    topology_metropolis(W, n);
}

const struct topology topology_star = {
    .about = "all others average with worker 0 only, weights 1/n",
    .fill = fill,
};
