/* draw: pictures: samples of a data set, tables of counts, graphs.
 * Callers give numbers and titles.  Nothing here decides what is worth showing, computes a
 * statistic, reads a result file, or prints to the terminal.
 *
 * gnuplot: the program that draws, fed through a pipe.  The only place that starts it: without the
 * user's settings (~/.gnuplot, GNUTERM), so that a picture is the same for everyone. */
#pragma once
#include "core/core.h"
#include <stdio.h>

/* Whether it is installed; -1 with a sentence if not. */
int gnuplot_check(struct err *e);
/* A gnuplot that is going to draw the file at path, as core/replacement.h writes files; a name that
 * ends in .png, .svg, .pdf or in nothing (PNG) says in which form.  Its
 * commands are to be printed to the stream, one at a time; NULL with a sentence if it is not
 * installed, the form is none of these, or the path cannot be written. */
FILE *gnuplot_open(const char *path, struct err *e);
/* Wait for it, let `finish` (NULL: nothing) change the file, and put it in its place.  -1 with a
 * sentence that holds what it said if it could not draw; then an old file stays. */
int gnuplot_close(FILE *to, int (*finish)(const char *path, struct err *e), struct err *e);
/* Set the output, after the terminal. */
void gnuplot_output(FILE *to);
/* Begin a picture of width x height points, 96 to the inch, each `scale` pixels wide in a PNG; font as
 * in "Sans,9". */
void gnuplot_page(FILE *to, int width, int height, int scale, const char *font);
/* The text in gnuplot's single quotes, where nothing is executed. */
void gnuplot_text(FILE *to, const char *text);
/* An entry of "set xtics (" or "set ytics (": the text at a number. */
void gnuplot_tic(FILE *to, const char *text, double at);
/* Inline data of a heat map: a line "column row count" for each count of (n_row, n_column), or for
 * those that are not 0. */
void gnuplot_counts(FILE *to, const int *count, int n_row, int n_column, int only_some);
