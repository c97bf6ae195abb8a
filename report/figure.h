/* figure: a page of panels with a title, a legend and a note, written as PNG for screens, as SVG
 * and PDF, and as a LaTeX file with the caption.  Lengths are in inches.  A page with one panel is
 * as wide as a column of a paper, any other as wide as its text.  Lines differ by colour, dashes
 * and points (draw/style.h), so that they can be told apart in print. */
#pragma once
#include "draw/style.h"
#include "report/levels.h"
#include <stdio.h>

enum { FIGURE_LINES = 10 }; /* as many lines as a reader can follow in one panel */
/* What a figure is for. */
struct look {
    const char *name;
    double column, page; /* widths */
    int is_paper;        /* title and note appear in the caption only */
    int is_starred;      /* a page is as wide as two columns: figure* */
};
extern const struct look looks[];
/* The look of this name; NULL with a usage error if there is none. */
const struct look *look_find(const char *name, struct err *e);
struct figure {
    /* set by the caller */
    const struct look *look;
    const char *title, *about, *note; /* wrapped; note: below, NULL for none */
    int n_panel, n_column;            /* panels stand row by row */
    double inner;                     /* height of a panel's plot, without its labels */
    double margin, gap, right; /* left of the first column, between columns, right of the last */
    struct style style[FIGURE_LINES]; /* of gnuplot's line types 1, 2, ... */
    int n_legend, type[FIGURE_LINES]; /* their types */
    char legend[FIGURE_LINES][LEVEL_TEXT];
    /* own */
    double width, height, top, bottom;
    char *text;
    size_t size;
    FILE *f;
};
/* Set the styles of at most FIGURE_LINES levels, starting with `first`, and fill the legend with
 * those whose bit is set in `used`; bit 0 stands for level `first`. */
void figure_legend(struct figure *g, const struct levels *line, const struct style *style,
                   int first, unsigned used);
/* Start the page.  Panels are printed between this call and figure_close. */
void figure_open(struct figure *g);
/* The width of the panels' plots. */
double figure_width(const struct figure *g);
/* The stream for the commands of panel i: ranges, axes and one plot. */
FILE *figure_panel(struct figure *g, int i, const char *title);
/* figure_close draws FOLDER/NAME.png, .svg and .pdf, and writes NAME.tex; figure_drop releases the
 * page without drawing it. */
int figure_close(struct figure *g, const char *folder, const char *name, struct err *e);
void figure_drop(struct figure *g);
