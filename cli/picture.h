/* picture: a graph as a PNG file, drawn by gnuplot. */
#ifndef CLI_PICTURE_H
#define CLI_PICTURE_H
#include "core/core.h"

/* Draw the workers on a circle, 0 at the top, and a line wherever i or j hears the other: W (n, n)
 * is not 0 at [i, j] or [j, i].  -1 with a sentence if gnuplot is missing or fails. */
int picture_of_graph(const double *W, int n, const char *title, const char *path, struct err *e);
#endif
