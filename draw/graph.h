/* graph: a graph as a picture. */
#pragma once
#include "topologies/topologies.h"

/* Draw the workers as draw/layout.h places them, and a line wherever one of two workers hears the
 * other: with an arrow from the one that is heard if the graph is directed.  A graph that changes
 * has a panel for each of its first n_round rounds (1: of its period), at most 12.  The ending of
 * path, .png, .pdf or .svg, says what is written.  g has passed topology_check.  -1 with a sentence
 * if gnuplot is missing or fails. */
int graph_draw(const struct topology_spec *g, int n_round, const char *path, struct err *e);
