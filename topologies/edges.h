/* edges: a text with the edges of a graph, or of the rounds of a sequence of graphs.
 *
 *     # text after a # is ignored
 *     directed          optional, before the first edge
 *     round             optional, begins a round
 *     i j [weight]      an edge; workers are numbered from 0
 *
 * Without `directed`, i and j each give the other's value this weight; with it, i sends to j, and j
 * gives i's value this weight.  A line `i i weight` is the self-weight of i.  Either all edges have
 * weights, or none:
 *   - undirected edges without weights get Metropolis-Hastings weights (weights.h);
 *   - with directed edges without weights, each worker divides its value equally among itself and
 *     those that it sends to, so that the columns of W sum to 1, but not the rows: for push-sum.
 * A worker that is not named in a round keeps its value in that round.  No edge may be given twice
 * in a round; for undirected edges, this includes the other direction.  The weights of each worker
 * of an undirected graph sum to 1 within 1e-6; the difference is added to its self-weight.
 *
 * Edges may also be written as networkx does: with {} or {'weight': 0.5} for the weight, or as an
 * adjacency list with one line, `i j1 j2 ...`, for each worker.  A text is an adjacency list if
 * some line has one number or more than three. */
#pragma once
#include "core/core.h"

struct edges_size {
    int n, n_round;
    int smallest, line; /* the smallest worker number; the line with the largest */
};
/* Find out how many workers and rounds the file has. */
int edges_measure(struct edges_size *size, const char *path, struct err *e);
/* Fill W (n_round, n, n) of the file's size. */
int edges_read(double *W, int n, int n_round, const char *path, struct err *e);
