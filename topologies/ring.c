/* ring: each worker averages with its two neighbours on a circle,
 *
 *     W[i, i] = W[i, i - 1] = W[i, i + 1] = 1/3   (indices modulo n)
 *
 * and with the only other one, weights 1/2, when n = 2.  It is circulant, so its eigenvalues are
 *
 *     1/3 + 2/3 cos(2 pi k / n),   k = 0 .. n-1
 *
 * (Davis, "Circulant Matrices", 1979).  For every even n >= 4 the smallest is exactly -1/3, the
 * border at which D^2 stops converging. */
#include "topologies/topologies.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    if (n <= 2) {
        for (int i = 0; i < n * n; i++)
            W[i] = 1.0 / n;
        return;
    }
    for (int i = 0; i < n; i++)
        for (int hop = -1; hop <= 1; hop++)
            W[(size_t)i * (size_t)n + (size_t)((i + hop + n) % n)] = 1.0 / 3;
}

const struct topology topology_ring = {
    .about = "a circle: each averages with both neighbours, weights 1/3",
    .fill = fill,
};
