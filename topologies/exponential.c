/* exponential: each worker averages with the workers at distances 1, 2, 4, ...,
 *
 *     W[i, i] = W[i, i + 2^k mod n] = 1/(L + 1),   k = 0 .. L-1,   L = max(1, ceil(log2 n)).
 *
 * Directed, circulant.  Assran, Loizou, Ballas, Rabbat: Stochastic Gradient Push for Distributed
 * Deep Learning, ICML 2019; its gap is 2/(L + 1) if n is even: Ying, Yuan, Chen, Hu, Pan, Yin:
 * Exponential Graph is Provably Efficient for Decentralized Deep Training, NeurIPS 2021. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    int L = topology_log2(n);
    for (size_t i = 0, N = (size_t)n; i < N; i++) {
        double *row = W + i * N;
        row[i] += 1.0 / (L + 1);
        for (int k = 0; k < L; k++)
            row[(i + ((size_t)1 << k)) % N] += 1.0 / (L + 1);
    }
}

const struct topology topology_exponential = {
    .about = "directed: each averages with peers at distances 1, 2, 4, ..., equal weights",
    .fill = fill,
};
