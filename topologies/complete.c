/* complete: all workers average with all, W[i, j] = 1/n: exact averaging in one round.  The
 * centralized baseline with which decentralized methods are compared. */
#include "topologies/topologies.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (size_t i = 0, count = (size_t)n * (size_t)n; i < count; i++)
        W[i] = 1.0 / n;
}

const struct topology topology_complete = {
    .about = "all workers average with all, weights 1/n",
    .fill = fill,
};
