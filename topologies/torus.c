/* torus: a grid of r x c workers whose opposite sides are joined; each averages with its four
 * neighbours; Metropolis-Hastings weights (weights.h), 1/5 if r, c >= 3.  r is the largest divisor
 * of n that is at most sqrt(n), so a prime n gives a ring.  Where two neighbours are the same
 * worker (r = 2) there is one edge.  For r, c >= 3 the eigenvalues are
 *
 *     1/5 + 2/5 cos(2 pi p / r) + 2/5 cos(2 pi q / c),   p < r, q < c,
 *
 * and the smallest is -3/5 if r and c are even: D^2 needs the lazy matrix. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static int n_row(int n)
{
    int rows = 1;
    for (int d = 1; d <= n / d; d++)
        if (n % d == 0)
            rows = d;
    return rows;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    int r = n_row(n), c = n / r;
    for (int y = 0; y < r; y++)
        for (int x = 0; x < c; x++) {
            topology_edge(W, n, y * c + x, (y + 1) % r * c + x);
            topology_edge(W, n, y * c + x, y * c + (x + 1) % c);
        }
    topology_metropolis(W, n);
}

const struct topology topology_torus = {
    .about = "a grid that closes on itself, as square as n allows, Metropolis-Hastings weights",
    .fill = fill,
};
