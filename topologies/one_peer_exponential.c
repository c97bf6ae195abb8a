/* one-peer-exponential: at step t each worker averages with the one at distance 2^k,
 *
 *     W_t[i, i] = W_t[i, i + 2^k mod n] = 1/2,   k = t mod L,   L = max(1, ceil(log2 n)).
 *
 * Directed and time-varying: each worker sends one vector per round.  If n = 2^L, the product of
 * any L rounds in a row is exactly 11'/n.
 * Assran, Loizou, Ballas, Rabbat: Stochastic Gradient Push for Distributed Deep Learning, ICML
 * 2019; exactness: Ying, Yuan, Chen, Hu, Pan, Yin: Exponential Graph is Provably Efficient for
 * Decentralized Deep Training, NeurIPS 2021. */
#include "topologies/topologies.h"
#include "topologies/weights.h"

static int period(const struct topology_spec *g)
{
    return topology_log2(g->n);
}

static void fill(double *W, const struct topology_spec *g, int step)
{
    int n = g->n;
    int hop = (1 << step % period(g)) % n;
    for (int i = 0; i < n; i++) {
        double *row = W + (size_t)i * (size_t)n;
        row[i] += 0.5;
        row[(i + hop) % n] += 0.5;
    }
}

const struct topology topology_one_peer_exponential = {
    .about =
        "time-varying: hop 2^(t mod log2 n), weights 1/2; exact after log2 n rounds if n = 2^k",
    .period = period,
    .fill = fill,
};
