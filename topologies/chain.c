/* chain: the workers form a line, and each averages with its neighbours; Metropolis-Hastings
 * weights (weights.h): 1/3 on every edge, self-weight 2/3 at the ends (all weights 1/2 if n = 2).
 * The eigenvalues are
 *
 *     1/3 + 2/3 cos(pi k / n),   k = 0 .. n-1,
 *
 * those of a ring twice as long without its smallest, so D^2 is stable at every n.  The slowest of
 * the usual graphs, and a tree. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (int i = 0; i + 1 < n; i++)
        topology_edge(W, n, i, i + 1);
    topology_metropolis(W, n);
}

const struct topology topology_chain = {
    .about = "a line: each averages with its neighbours, Metropolis-Hastings weights",
    .fill = fill,
};
