/* social: what the social graphs share: one n, a list of edges, Metropolis-Hastings weights. */
#ifndef TOPOLOGIES_SOCIAL_H
#define TOPOLOGIES_SOCIAL_H
#include "core/core.h"

/* 0 if n is the number of workers of the graph, has, else -1 with a sentence. */
int social_check(int has, int n, struct err *e);
/* Write the weights of the graph with these edges into the zeroed W (n, n). */
void social_fill(double *W, int n, const unsigned char (*edge)[2], size_t n_edge);
#endif
