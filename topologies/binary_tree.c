/* binary-tree: worker i averages with its parent (i - 1) / 2, rounded down, and with its children
 * 2 i + 1 and 2 i + 2, as in a heap; Metropolis-Hastings weights (weights.h).  The degree is 3 and
 * the diameter about 2 log2 n, but worker 0 alone connects the two halves: the gap falls as 1/n. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (int i = 1; i < n; i++)
        topology_edge(W, n, i, (i - 1) / 2);
    topology_metropolis(W, n);
}

const struct topology topology_binary_tree = {
    .about = "a tree: each averages with its parent and two children, Metropolis-Hastings weights",
    .fill = fill,
};
