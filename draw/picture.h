/* picture: graphs and tables of counts as PNG files, drawn by gnuplot. */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H
#include "core/core.h"

/* Draw the workers on a circle, 0 at the top, and a line wherever i or j hears the other: W (n, n)
 * is not 0 at [i, j] or [j, i].  -1 with a sentence if gnuplot is missing or fails. */
int picture_of_graph(const double *W, int n, const char *title, const char *path, struct err *e);
/* Draw count (n_row, n_column), classes by worker, as a heat map in shades of grey, with the
 * numbers in the cells if there are few enough to be read. */
int picture_of_counts(const int *count, int n_row, int n_column, const char *title,
                      const char *path, struct err *e);
#endif
