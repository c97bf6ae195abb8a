/* trace: one line of a figure's panel: a cell's metric over epochs, or cells over an axis. */
#pragma once
#include "report/plot.h"

struct trace {
    int n, style, diverged; /* diverged: of a single run, which ended where the line ends */
    struct spot {
        double epoch, x, mean, low, high; /* epoch: of curves */
    } * at;                               /* (n), finite */
};
struct panel {
    int metric, n_trace;
    int n_lone; /* lines that would be a single point, which are left out */
    char title[2 * LEVEL_TEXT];
    struct trace *trace;
};
/* The metric of the cells that have this level of the panels, and lines from first on: over epochs,
 * the mean of seeds with the lowest and the highest; runs that diverged have lines of their own.
 * Cells that were evaluated once have none. */
int panel_of_curves(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                    int first, struct err *e);
/* The same over the axis of numbers: the mean of last values, plus and minus their deviation; a
 * cell with diverged runs has another trace of one point, where the cell's mean is or NAN.  Where p->has_lone, and bars show them,
 * lines of one point are left out. */
int panel_over_axis(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                    int first, struct err *e);
void panel_release(struct panel *panel);
