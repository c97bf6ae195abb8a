/* plot: the figures of an experiment's runs.  Which figures are drawn depends on what there is to
 * show.
 *
 * The values of one axis become the lines: of "algorithm" or, without it, of the first axis whose
 * values are names.  An axis of three or more numbers (alpha, workers, a rate) becomes the
 * horizontal axis of some figures.  The values of all other axes become the panels. */
#pragma once
#include "report/figure.h"
#include "report/folder.h"
#include "report/levels.h"

/* A horizontal axis for curves that are not drawn over epochs. */
struct ruler {
    const char *what, *name; /* a part of the files' names, such as "cost-time"; the axis label */
    /* Where on the axis a run is after this number of steps. */
    double (*at)(const void *context, int run, double step);
    const void *context;
};
enum { PLOT_FIGURES = 128, PLOT_PANELS = 6 /* on a page */ };
struct plot {
    const struct results *r;
    const char *out; /* the folder of the figures */
    const struct look *look;
    const struct ruler *ruler; /* NULL: epochs */
    FILE *html; /* if not NULL, lines are printed to it as parts of a page, and nothing is drawn */
    int line_axis, x_axis;   /* -1: none */
    struct levels line;      /* the values of line_axis */
    struct style *style;     /* (line.n) */
    int has_lone;            /* some lines would have a single point on x_axis */
    char *about;             /* experiment, tier, data */
    const char *data;        /* the data set or toy problem */
    char missing[96];        /* a remark on how many runs have not ended, or "" */
    int is_toy, is_held_out; /* accuracies are measured on data held out from the training set */
    int n_seed;
    int n_figure;
    char figure[PLOT_FIGURES][160]; /* the files written into `out`, without their endings */
};
/* Draw all figures into the folder out, which is created, replacing those that are there.  -1 with
 * a sentence if no run has ended, if there is nothing to draw, or if gnuplot fails. */
int plot_all(struct plot *p, const struct results *r, const char *out, const struct look *look,
             struct err *e);
/* Draw curves of a metric over each of n rulers into the folder; p->figure names them. */
int plot_over_rulers(struct plot *p, const struct results *r, const char *out,
                     const struct look *look, int metric, const struct ruler *ruler, int n,
                     struct err *e);
/* Say on stdout which files were written. */
void plot_tell(const struct plot *p);
/* Print the figures of lines as parts of a page of HTML. */
int plot_html(FILE *f, const struct results *r, struct err *e);
/* Write into buf what a figure's file shows, for people: "Values while training: test loss".
 * *is_line: whether plot_html prints it as well. */
const char *plot_caption(const struct results *r, const char *file, char *buf, size_t size,
                         int *is_line);
/* The files of these results' figures in the folder that have this ending; folder_close() it. */
void plot_find(struct folder *files, const struct results *r, const char *out, const char *ending);
/* Whether a figure, a file in the folder `out`, is older than the index or a run's manifest. */
int plot_is_old(const struct results *r, const char *out, const char *file);

/* --- what the kinds of figures share -----------------------------------------------------------
 */

/* A figure with n panels and the title of the experiment, in the plot's look. */
struct figure plot_figure(const struct plot *p, int n_panel, const char *note);
/* Draw a figure, whose panels have been printed, as OUT/<experiment>-<tier>-<what>, followed by
 * "-2" for part 2 and so on. */
int plot_save(struct plot *p, struct figure *g, const char *what, int part, struct err *e);
/* Whether the run has a file of that name; its path. */
int plot_has(const struct plot *p, int run, const char *name, char path[PATH_LENGTH]);
/* The label of a metric's axis, with its unit. */
const char *plot_axis_name(const struct plot *p, int metric, char *buf, size_t size);
/* The bits of all axes except these two. */
unsigned plot_other_axes(const struct plot *p, int axis, int another);

/* --- the kinds; each draws nothing where it does not fit ---------------------------------------
 */

/* Curves over epochs, if runs were evaluated more than once; and over the axis of numbers. */
int plot_curves(struct plot *p, struct err *e);
int plot_curves_of(struct plot *p, int metric, struct err *e);
int plot_over_axis(struct plot *p, struct err *e);
/* The last values of all cells, unless figures over an axis of numbers show all of them. */
int plot_bars(struct plot *p, struct err *e);
/* Which worker holds which classes (classes.csv); and the paths of a toy problem's workers
 * (path.csv). */
int plot_partitions(struct plot *p, struct err *e);
int plot_paths(struct plot *p, struct err *e);
