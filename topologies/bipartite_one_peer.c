/* bipartite-one-peer: a matching of odd with even workers that changes from step to step: odd i
 * averages with i + 2^(k+1) - 1 mod n,
 *
 *     W_t[i, i] = W_t[i, j] = W_t[j, i] = 1/2,   k = t mod max(1, L - 1),   L = ceil(log2 n).
 *
 * n must be even.  At n = 4 all steps are equal, and the two pairs never mix.  The time-varying
 * graph of Lin, Karimireddy, Stich, Jaggi: Quasi-Global Momentum, ICML 2021, as in its published
 * code. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static int period(const struct topology_spec *g)
{
    int L = topology_log2(g->n);
    return L > 1 ? L - 1 : 1;
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    size_t N = (size_t)g->n, hop = ((size_t)2 << step % period(g)) - 1;
    for (size_t i = 1; i < N; i += 2) {
        size_t j = (i + hop) % N;
        W[i * N + i] = W[j * N + j] = W[i * N + j] = W[j * N + i] = 0.5;
    }
}

const struct topology topology_bipartite_one_peer = {
    .about = "time-varying matching of odd with even workers, weights 1/2; n even",
    .check = topology_check_even,
    .period = period,
    .fill = fill,
};
