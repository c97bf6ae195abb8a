/* costs: what an experiment's results cost on a network, as tables. */
#pragma once
#include "clock/curve.h"
#include "report/saved.h"

struct costs {
    const struct results *r;
    struct network network; /* compute: NAN for what the runs measured */
    int metric;
    double target;       /* NAN: what all methods and graphs of a group reach, see costs_formats */
    struct timed *timed; /* (n_run) */
    struct curve *curve; /* (n_cell) */
};
/* Set the metric and the target that --metric and --target say, of which either may be NULL; k->r is
 * set. */
int costs_goal(struct costs *k, const char *metric, const char *target, struct err *e);
/* Simulate all runs; k->r, network, metric and target are set.  -1 with a sentence on failure. */
int costs_open(struct costs *k, struct err *e);
void costs_close(struct costs *k);
/* What they come to, in the forms md, csv and latex: a row for each cell: megabytes that a worker sends
 * and milliseconds that pass in a round, minutes of the whole run, the result, and minutes and megabytes
 * until the target is first reached by the mean over seeds.  Without a target it is, among cells that
 * differ in method and graph only, the worst of their last values.  In the form curves: a row for each
 * point of each cell's curve, for plots.  All take a struct costs. */
enum { N_COSTS_FORMAT = 4 };
extern const struct format costs_formats[N_COSTS_FORMAT];
/* Draw the metric over simulated minutes and over megabytes that a worker sends into the folder, and
 * say which files were written. */
int costs_plot(const struct costs *k, const char *out, struct err *e);
