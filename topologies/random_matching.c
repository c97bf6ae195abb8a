/* random-matching: at each step the workers form random pairs, drawn from the stream (seed,
 * topology, step), and each pair averages: W[i, i] = W[i, j] = W[j, i] = 1/2.  n must be even.
 * The expected matrix is I/2 + (11' - I)/(2 (n - 1)): a step halves the disagreement at every n.
 * Boyd, Ghosh, Prabhakar, Shah: Randomized Gossip Algorithms, 2006, with all pairs at once. */
#include "topologies/draw.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"
#include <stdlib.h>

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    struct random r = draw_of_step(g, step);
    int32_t *order = draw_order(&r, n);
    size_t N = (size_t)n;
    for (size_t k = 0; k + 1 < N; k += 2) {
        size_t i = (size_t)order[k], j = (size_t)order[k + 1];
        W[i * N + i] = W[j * N + j] = W[i * N + j] = W[j * N + i] = 0.5;
    }
    free(order);
}

const struct topology topology_random_matching = {
    .about = "time-varying: new random pairs at each step, weights 1/2; n even",
    .check = topology_check_even,
    .period = topology_never_repeats,
    .fill = fill,
};
