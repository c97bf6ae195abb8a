/* style: how a line is drawn: a method has the same colour, dashes and marker in all figures. */
#pragma once
#include <stdio.h>

struct style {
    const char *color; /* "#rrggbb" */
    const char *dash;  /* lengths "8,4" of strokes and gaps, "" for a solid line */
    int point;         /* gnuplot's type of point, from 4 to 15 */
    double width;      /* of the line, 1 being usual */
};
/* The style of the method of this name (its identifier); if it is not in the table, a style that
 * depends on its name alone. */
struct style style_of_method(const char *name);
/* Whether the table has the name. */
int style_is_known(const char *name);
/* The style of line i >= 0 of a figure whose lines are not methods. */
struct style style_at(int i);
/* Set gnuplot's line type `number` to the style. */
void style_put(FILE *to, int number, const struct style *s);
