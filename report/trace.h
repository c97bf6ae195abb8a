/* trace: one line of a figure's panel: a cell's metric over epochs, or cells over an axis. */
#pragma once
#include "report/plot.h"

struct trace {
    int n, style, diverged; /* diverged: a single run, which diverged where the line ends */
    struct spot {
        double epoch, x, mean, low, high; /* epoch: of curves */
    } * at;                               /* (n), finite */
};
struct panel {
    int metric, n_trace;
    int n_lone; /* number of lines left out because they would be a single point */
    char title[2 * LEVEL_TEXT];
    struct trace *trace;
};
/* The lines, starting with line `first`, of the cells with level i of the panels.  Each line shows
 * the metric over epochs: the mean over seeds, with the lowest and the highest.  Runs that diverged
 * have their own lines.  Cells that were evaluated only once have no line. */
int panel_of_curves(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                    int first, struct err *e);
/* The same over the axis of numbers: the mean of the last values, plus and minus their deviation.
 * A cell with diverged runs has another trace of a single point, at the cell's mean, or NAN if
 * there is none.  If p->has_lone is set, lines of a single point are left out, since bars show
 * them. */
int panel_over_axis(struct panel *panel, const struct plot *p, const struct levels *facet, int i,
                    int first, struct err *e);
void panel_release(struct panel *panel);
