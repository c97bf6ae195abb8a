/* random-ring: the workers form a ring (ring.c) in an order that is redrawn at each step from the
 * stream (seed, topology, step).  One step mixes as slowly as a ring, but many steps mix fast. */
#include "topologies/draw.h"
#include "topologies/topologies.h"
#include <stdlib.h>

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    struct random r = draw_of_step(g, step);
    int32_t *order = draw_order(&r, n);
    size_t N = (size_t)n;
    double third = 1.0 / (n < 3 ? n : 3);
    for (size_t k = 0; k < N; k++) {
        size_t i = (size_t)order[k], j = (size_t)order[(k + 1) % N];
        W[i * N + i] = W[i * N + j] = W[j * N + i] = third;
    }
    free(order);
}

const struct topology topology_random_ring = {
    .about = "time-varying: a ring in a new random order at each step",
    .period = topology_never_repeats,
    .fill = fill,
};
