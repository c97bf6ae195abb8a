/* equistatic[-<m>]: D-EquiStatic of EquiTopo, a directed circulant graph of m random hops,
 *
 *     W = 1/m sum_k A(u_k),   A(u)[i, i] = 1/n,   A(u)[i, i + u mod n] = (n - 1)/n,
 *
 * u_1 .. u_m uniform on 1 .. n-1, with replacement, from the stream (seed, topology).  The gap does
 * not shrink with n when m grows as log n; by default m = max(1, ceil(log2 n)).
 * Song, Li, Jin, Shi, Yan, Yin, Yuan: Communication-Efficient Topologies for Decentralized Learning
 * with O(1) Consensus Rate, NeurIPS 2022.  There the hops are redrawn until the gap is large
 * enough; here until the graph is connected, so that the hops and n have no common divisor. */
#include "topologies/draw.h"
#include "topologies/parameter.h"
#include "topologies/topologies.h"
#include "topologies/weights.h"

enum { MAX_HOP = 1000 };

static double n_hop(const char *name, int n)
{
    return parameter(name, "equistatic", topology_log2(n));
}

static int check(const struct topology_spec *g, struct err *e)
{
    return parameter_check("m", n_hop(g->name, g->n), 1, MAX_HOP, e);
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    return b ? common_divisor(b, a % b) : a;
}

static void draw_hops(uint32_t *hop, int m, const struct topology_spec *g)
{
    struct random r = draw_of_seed(g);
    uint32_t n = (uint32_t)g->n, common;
    do {
        common = n;
        for (int k = 0; k < m; k++) {
            hop[k] = 1 + random_below(&r, n - 1);
            common = common_divisor(common, hop[k]);
        }
    } while (common != 1);
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    uint32_t hop[MAX_HOP];
    int m = (int)n_hop(g->name, n);
    if (n == 1) {
        W[0] = 1;
        return;
    }
    draw_hops(hop, m, g);
    for (size_t i = 0, N = (size_t)n; i < N; i++) {
        W[i * N + i] = 1.0 / n;
        for (int k = 0; k < m; k++)
            W[i * N + (i + hop[k]) % N] += (n - 1.0) / n / m;
    }
}

const struct topology topology_equistatic = {
    .about = "directed: each averages with peers at m random distances (log2 n), drawn once",
    .example = "equistatic-4",
    .check = check,
    .fill = fill,
};
