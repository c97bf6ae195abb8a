/* heat_map: a table of counts as a picture, in shades of grey. */
#pragma once
#include "loaders/dataset.h"
#include <stdio.h>

/* The largest count of n, at least 1. */
int heat_map_most(const int *count, int n);
/* Set the labels, ranges and shades for a plot of counts (n_row, n_column), classes by worker;
 * `most` is black. */
void heat_map_axes(FILE *to, int n_row, int n_column, int most);
/* Draw count (n_row, n_column), classes by worker.  If there are few enough cells to be read, the
 * numbers are in them.  names: of the classes, or NULL.  -1 with a sentence if gnuplot is missing
 * or fails. */
int heat_map_draw(const int *count, int n_row, int n_column, const struct class_names *names,
                  const char *title, const char *path, struct err *e);
