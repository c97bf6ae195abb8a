/* svg: a panel of lines as SVG inside an HTML page.  It fills the available width, and each point
 * shows its values when you point at it, even without scripts. */
#pragma once
#include "report/axis.h"
#include "report/trace.h"

/* What surrounds the lines. */
struct frame {
    struct range x, y;
    const char *x_name, *y_name;
    int is_over_axis; /* not over epochs: whiskers instead of bands */
};
void svg_panel(FILE *f, const struct plot *p, const struct panel *panel, int first,
               const struct frame *frame);
/* Print a legend of the lines whose bits are set in `used`; bit 0 stands for line `first`. */
void svg_legend(FILE *f, const struct plot *p, int first, unsigned used);
