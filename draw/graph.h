/* graph: a graph as a PNG file, its workers on a circle. */
#ifndef DRAW_GRAPH_H
#define DRAW_GRAPH_H
#include "core/core.h"

/* Draw the workers on a circle, 0 at the top, and a line wherever i or j hears the other: W (n, n)
 * is not 0 at [i, j] or [j, i].  -1 with a sentence if gnuplot is missing or fails. */
int graph_draw(const double *W, int n, const char *title, const char *path, struct err *e);
#endif
