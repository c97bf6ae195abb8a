/* equidyn: OD-EquiDyn of EquiTopo, one peer at a distance u that is redrawn at each step, uniform
 * on 1 .. n-1, from the stream (seed, topology, step):
 *
 *     W_t = (1 - eta) I + eta A(u_t),   eta = 1/2,   A(u) as in equistatic.c.
 *
 * Each step multiplies the expected square of the disagreement by (1 - 1/n) / 2.  Directed.
 * Song, Li, Jin, Shi, Yan, Yin, Yuan: Communication-Efficient Topologies for Decentralized Learning
 * with O(1) Consensus Rate, NeurIPS 2022; all n - 1 distances are the basis, as M = n - 1 there. */
#include "topologies/draw.h"
#include "topologies/topologies.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    struct random r = draw_of_step(g, step);
    size_t N = (size_t)n, hop = n > 1 ? 1 + random_below(&r, (uint32_t)n - 1) : 0;
    double other = (n - 1.0) / n / 2;
    for (size_t i = 0; i < N; i++) {
        W[i * N + i] = 1 - other;
        W[i * N + (i + hop) % N] += other;
    }
}

const struct topology topology_equidyn = {
    .about = "directed, time-varying: one peer at a new random distance at each step",
    .period = topology_never_repeats,
    .fill = fill,
};
