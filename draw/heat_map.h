/* heat_map: a table of counts as a PNG file, in shades of grey. */
#pragma once
#include "core/core.h"
#include <stdio.h>

/* Set the labels, ranges and shades for a plot of count (n_row, n_column), classes by worker; returns
 * the largest count, which is black (at least 1). */
int heat_map_axes(FILE *to, const int *count, int n_row, int n_column);
/* Draw count (n_row, n_column), classes by worker, with the numbers in the cells if there are few
 * enough to be read.  -1 with a sentence if gnuplot is missing or fails. */
int heat_map_draw(const int *count, int n_row, int n_column, const char *title, const char *path,
                  struct err *e);
