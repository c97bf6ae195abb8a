/* graph: a graph as a picture, its workers on a circle. */
#pragma once
#include "topologies/topologies.h"

/* Draw the workers on a circle, 0 at the top, and a line wherever one of two workers hears the
 * other in the first n_round rounds.  The ending of path, .png, .pdf or .svg, says what is written.  g
 * has passed topology_check.  -1 with a sentence if gnuplot is missing or fails. */
int graph_draw(const struct topology_spec *g, int n_round, const char *path, struct err *e);
