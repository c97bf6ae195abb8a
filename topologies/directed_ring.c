/* directed-ring: each worker averages with its predecessor on a circle,
 *
 *     W[i, i] = W[i, i - 1] = 1/2   (indices modulo n).
 *
 * Circulant, with eigenvalues (1 + e^(-2 pi i k / n)) / 2, so that the gap is 1 - cos(pi / n).  For
 * methods on directed graphs. */
#include "topologies/topologies.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    for (size_t i = 0, N = (size_t)g->n; i < N; i++) {
        W[i * N + i] += 0.5;
        W[i * N + (i + N - 1) % N] += 0.5;
    }
}

const struct topology topology_directed_ring = {
    .about = "directed: each averages with its predecessor on a circle, weights 1/2",
    .fill = fill,
};
