/* layout: where the workers of a graph stand when it is drawn: a torus and a chain on a grid, a
 * star around its hub, a hypercube by its digits, a tree in levels, social and random graphs so
 * that distances on the page are close to those in the graph, all others on a circle. */
#pragma once
#include "topologies/topologies.h"

/* A place on the page, x to the right and y upwards, within -1 and 1. */
struct spot2 {
    double x, y;
};
/* Whether the graph is a tree.  all (n, n): workers i and j have an edge if all[i * n + j] or
 * all[j * n + i] is not 0. */
int layout_is_tree(const double *all, int n);
/* Set where the graph's workers stand, at (n). */
void layout_fill(struct spot2 *at, const struct topology_spec *g, const double *all);
