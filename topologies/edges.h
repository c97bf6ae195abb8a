/* edges: a text with the edges of a graph, or of the rounds of a sequence of graphs.
 *
 *     # text after a # is ignored
 *     directed          optional, before the first edge
 *     round             optional, begins a round
 *     i j [weight]      an edge; workers are numbered from 0
 *
 * Without `directed`, i and j give each other's values the weight; with it, i sends to j, so that j
 * gives the value of i the weight.  A line `i i weight` is the self-weight of i.  All edges have
 * weights, or none has:
 *   - undirected edges without weights get Metropolis-Hastings weights (weights.h);
 *   - with directed edges without weights, each worker divides its value equally among itself and
 *     those that it sends to, so that the columns of W sum to 1, but not the rows: for push-sum.
 * A worker that a round does not name keeps its value in it.  No edge may be given twice in a round,
 * an undirected one not even in the other direction.  The weights of each worker of an undirected
 * graph sum to 1 within 1e-6; the difference is added to its self-weight.
 *
 * Edges may stand as networkx writes them: with {} or {'weight': 0.5} for the weight, or as an
 * adjacency list, where each worker has one line, `i j1 j2 ...`: a text is one if some line has one
 * number, or more than three. */
#pragma once
#include "core/core.h"

struct edges_size {
    int n, n_round;
    int smallest, line; /* the smallest worker; the line of the largest */
};
/* Find how many workers and rounds the file has. */
int edges_measure(struct edges_size *size, const char *path, struct err *e);
/* Fill W (n_round, n, n) of the file's size. */
int edges_read(double *W, int n, int n_round, const char *path, struct err *e);
