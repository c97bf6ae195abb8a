/* figure: a page of panels with a title, a legend and a note, written as PNG for screens and as PDF
 * for papers.  Lengths are inches; a page of one panel is as wide as a column of a paper, any other
 * as two.  Lines differ by colour, lightness, dashes and points, so that they can be told apart in
 * print. */
#pragma once
#include "report/levels.h"
#include <stdio.h>

enum { FIGURE_LINES = 10 }; /* the lines that a panel can show and a reader can follow */
struct figure {
    /* set by the caller */
    const char *title, *about, *note; /* wrapped; note: below, NULL for none */
    int n_panel, n_column;            /* panels stand row by row */
    double inner;                     /* height of a panel's plot, without its labels */
    double margin, gap;               /* left of the first column, and between columns */
    int n_legend;
    char legend[FIGURE_LINES][LEVEL_TEXT]; /* of line style i + 1 */
    /* own */
    double width, height, top, bottom;
    char *text;
    size_t size;
    FILE *f;
};
/* Fill the legend with the levels from first on, at most FIGURE_LINES. */
void figure_legend(struct figure *g, const struct levels *line, int first);
/* Start the page; between this and figure_close, panels are printed. */
void figure_open(struct figure *g);
/* The stream for the commands of panel i: ranges, axes and one plot. */
FILE *figure_panel(struct figure *g, int i, const char *title);
/* Draw FOLDER/NAME.png and .pdf; or release the page without drawing it. */
int figure_close(struct figure *g, const char *folder, const char *name, struct err *e);
void figure_drop(struct figure *g);
