/* layout: where the workers of a graph stand when it is drawn, by what it is: a torus and a chain on
 * a grid, a star around its hub, a hypercube by its digits, a tree in levels, social and random graphs
 * so that distances on the page follow those of the graph, all others on a circle. */
#pragma once
#include "topologies/topologies.h"

/* A place on the page, x to the right and y upwards, within -1 and 1. */
struct spot2 {
    double x, y;
};
/* Workers i and j have an edge where all[i * n + j] or all[j * n + i] is not 0.
 * Whether it is a tree; where the graph's workers (n) stand. */
int layout_is_tree(const double *all, int n);
void layout_fill(struct spot2 *at, const struct topology_spec *g, const double *all);
