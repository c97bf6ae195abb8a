/* weights: from an undirected graph to a doubly stochastic matrix.  For the topologies that are
 * given by their edges; knows matrices only. */
#ifndef TOPOLOGIES_WEIGHTS_H
#define TOPOLOGIES_WEIGHTS_H

/* W (n, n): a symmetric 0/1 adjacency matrix without loops, becomes in place the
 * Metropolis-Hastings weights
 *     W[i, j] = 1 / (1 + max(degree_i, degree_j)) on an edge,   W[i, i] = 1 - sum_{j != i} W[i, j]
 * (Xiao, Boyd, Lall: A Scheme for Robust Distributed Sensor Fusion Based on Average Consensus,
 * IPSN 2005). */
void topology_metropolis(double *W, int n);
#endif
