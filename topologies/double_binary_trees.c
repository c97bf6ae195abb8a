/* double-binary-trees: two binary trees (binary_tree.c) alternate: the tree itself in even steps,
 * its mirror image, in which worker n-1-i has the place of i, in odd steps.  A worker with children
 * in one tree is a leaf of the other, so no worker carries the larger load in both.
 * Metropolis-Hastings weights (weights.h).  Sanders, Speck, Traff: Two-tree Algorithms for Full
 * Bandwidth Broadcast, Reduction and Scan, Parallel Computing 35, 2009; there each half of a
 * message uses one tree, here each step does. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static int period(const struct topology_spec *g)
{
    return 2;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (int i = 1; i < n; i++) {
        int parent = (i - 1) / 2;
        if (step % 2)
            topology_edge(W, n, n - 1 - i, n - 1 - parent);
        else
            topology_edge(W, n, i, parent);
    }
    topology_metropolis(W, n);
}

const struct topology topology_double_binary_trees = {
    .about = "time-varying: a binary tree and its mirror image alternate",
    .period = period,
    .fill = fill,
};
