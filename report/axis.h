/* axis: the limits, scale and labels of a panel's axes. */
#pragma once
#include "report/plot.h"

struct range {
    double low, high;
    int is_log, is_whole; /* is_whole: of whole numbers */
};
/* What is to be seen: of all values, and of those above 0. */
struct extent {
    double low, high, positive_low, positive_high;
};
extern const struct extent extent_empty;
/* Take in a value and its spread; what is not finite is left out. */
void extent_add(struct extent *s, double low, double value, double high);
/* Limits with some room.  All but accuracies get a logarithmic axis if they spread over a power of
 * ten. */
struct range axis_of_metric(int metric, const struct extent *s);
/* Print limits, scale, tics and label of axis 'x' or 'y'. */
void axis_put(FILE *f, char axis, struct range g, const char *label);
