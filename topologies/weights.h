/* weights: turns an undirected graph into a doubly stochastic matrix, and other functions that
 * several families share.  Knows matrices only. */
#pragma once
#include "topologies/topologies.h"

/* Add an edge, in both directions, to the adjacency matrix W (n, n); does nothing if i = j. */
void topology_edge(double *W, int n, int i, int j);

/* Make W (n, n) the adjacency matrix without edges. */
void topology_no_edges(double *W, int n);
/* A worker that no path connects to worker 0; -1 if the graph is connected.  W (n, n) is symmetric;
 * its edges are the weights that are not 0. */
int topology_apart(const double *W, int n);

/* Replace the symmetric 0/1 adjacency matrix without loops in W (n, n) by the Metropolis-Hastings
 * weights
 *     W[i, j] = 1 / (1 + max(degree_i, degree_j)) on an edge,   W[i, i] = 1 - sum_{j != i} W[i, j]
 * (Xiao, Boyd, Lall: A Scheme for Robust Distributed Sensor Fusion Based on Average Consensus,
 * IPSN 2005). */
void topology_metropolis(double *W, int n);

/* `fill` of struct topology for graphs with a list of edges: Metropolis-Hastings weights. */
void topology_fill_edges(double *W, const struct topology_spec *g, int step);

/* max(1, ceil(log2 n)) */
int topology_log2(int n);
/* `check` of struct topology for graphs whose n must be even. */
int topology_check_even(const struct topology_spec *g, struct err *e);
