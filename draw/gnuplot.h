/* gnuplot: the program that draws, fed through a pipe.  The only place that starts it. */
#ifndef DRAW_GNUPLOT_H
#define DRAW_GNUPLOT_H
#include "core/core.h"
#include <stdio.h>

/* Whether it is installed; -1 with a sentence if not. */
int gnuplot_check(struct err *e);
/* A gnuplot that is going to write to path, and whose commands are to be printed to the stream;
 * NULL with a sentence if it is not installed or the path cannot be written. */
FILE *gnuplot_open(const char *path, struct err *e);
/* Wait for it; -1 with a sentence, and no file at path, if it could not draw. */
int gnuplot_close(FILE *to, const char *path, struct err *e);
/* The text in gnuplot's single quotes, where nothing is executed. */
void gnuplot_text(FILE *to, const char *text);
/* Inline data of a heat map: a line "column row count" for each count of (n_row, n_column), or for
 * those that are not 0. */
void gnuplot_counts(FILE *to, const int *count, int n_row, int n_column, int only_some);
#endif
