/* disconnected: no communication, W = I.  The opposite of `complete`: n separate trainings, the
 * baseline that gossip must beat. */
#include "topologies/topologies.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (size_t i = 0; i < (size_t)n; i++)
        W[i * (size_t)n + i] = 1;
}

const struct topology topology_disconnected = {
    .about = "no communication, W = I",
    .fill = fill,
};
