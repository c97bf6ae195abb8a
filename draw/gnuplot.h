/* draw: pictures: samples of a data set, tables of counts, graphs.
 * Callers give numbers and titles.  Nothing here decides what is worth showing, computes a
 * statistic, reads a result file, or prints to the terminal.
 *
 * gnuplot: the program that draws, fed through a pipe.  It is started only here, without the user's
 * settings (~/.gnuplot, GNUTERM), so that a picture is the same for everyone. */
#pragma once
#include "core/core.h"
#include <stdio.h>

/* Whether it is installed; -1 with a sentence if not. */
int gnuplot_check(struct err *e);
/* Start gnuplot to draw the file at path, which is replaced when it is complete
 * (core/replacement.h).  The ending of path is the form: .png, .svg or .pdf; PNG if it has none.
 * Print commands to the stream that is returned; it is NULL, with a sentence, if gnuplot is not
 * installed, the form is another, or the path cannot be written.  Only one can be open. */
FILE *gnuplot_open(const char *path, struct err *e);
/* Wait until gnuplot ends, let `finish` (NULL: nothing) change the file, and put it in its place.
 * If gnuplot fails, an old file stays: -1 with a sentence that contains its message. */
int gnuplot_close(FILE *to, int (*finish)(const char *path, struct err *e), struct err *e);
/* Set the output, after the terminal. */
void gnuplot_output(FILE *to);
/* Begin a picture of width x height points, 96 to the inch; in a PNG, each is `scale` pixels wide.
 * Fonts are given as "Sans,9". */
void gnuplot_page(FILE *to, int width, int height, int scale, const char *font);
/* Print the text in gnuplot's single quotes, where nothing is executed. */
void gnuplot_text(FILE *to, const char *text);
/* Print an entry of "set xtics (" or "set ytics (": the text at a number. */
void gnuplot_tic(FILE *to, const char *text, double at);
/* Print the data of a heat map: a line "column row count" for each count of (n_row, n_column), or,
 * with only_some, for those that are not 0. */
void gnuplot_counts(FILE *to, const int *count, int n_row, int n_column, int only_some);
