/* axis: the limits, scale and labels of a panel's axes. */
#pragma once
#include "report/plot.h"

struct range {
    double low, high;
    int is_log, is_whole; /* is_whole: only whole numbers */
};
/* The range of the data: of all values, and of the positive values. */
struct extent {
    double low, high, positive_low, positive_high;
};
extern const struct extent extent_empty;
/* Add a value and its spread; values that are not finite are ignored. */
void extent_add(struct extent *s, double low, double value, double high);
/* The limits of a metric's axis, with a margin.  Except for accuracies, the axis is logarithmic if
 * the values span a factor of ten or more. */
struct range axis_of_metric(int metric, const struct extent *s);
/* The distance between tics that gives about five of them: 1, 2 or 5 times a power of ten. */
double axis_step(struct range g);
/* Print limits, scale, tics and label of axis 'x' or 'y'. */
void axis_put(FILE *f, char axis, struct range g, const char *label);
