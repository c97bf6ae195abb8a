/* hypercube: n = 2^L workers; i and j average if their numbers differ in one binary digit.  Each
 * edge and each worker itself has the weight 1/(L + 1).  The eigenvalues are
 *
 *     1 - 2 k / (L + 1),   k = 0 .. L, binomial(L, k) times each,
 *
 * so the gap is 2/(L + 1) and the smallest is -(L - 1)/(L + 1): D^2 is on the border of stability
 * at n = 4 and unstable for n >= 8.  Harary, Hayes, Wu: A Survey of the Theory of Hypercube Graphs,
 * 1988. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static int check(const struct topology_spec *g, struct err *e)
{
    int n = g->n;
    if (n & (n - 1))
        return err_usage(e, "n must be a power of two: 1, 2, 4, 8, 16, ...");
    return 0;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    for (int i = 0; i < n; i++)
        for (int bit = 1; bit < n; bit *= 2)
            topology_edge(W, n, i, i ^ bit);
    topology_metropolis(W, n);
}

const struct topology topology_hypercube = {
    .about = "n = 2^L: workers average if their numbers differ in one bit, weights 1/(L + 1)",
    .check = check,
    .fill = fill,
};
