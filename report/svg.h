/* svg: a panel of lines as SVG within a page of HTML: it is as wide as its place, and each point says its
 * values when it is pointed at, also without scripts. */
#pragma once
#include "report/axis.h"
#include "report/trace.h"

/* What stands around the lines. */
struct frame {
    struct range x, y;
    const char *x_name, *y_name;
    int is_over_axis; /* not over epochs: whiskers instead of bands */
};
void svg_panel(FILE *f, const struct plot *p, const struct panel *panel, int first,
               const struct frame *frame);
/* A list of the lines from first on whose bits, from bit 0 for it on, are in used. */
void svg_legend(FILE *f, const struct plot *p, int first, unsigned used);
