/* costs: what an experiment's results cost on a network, as tables. */
#pragma once
#include "clock/curve.h"
#include "report/saved.h"

struct costs {
    const struct results *r;
    struct network network; /* compute: NAN stands for what the runs measured */
    int metric;
    double target;       /* NAN: one that all of a group reach, see costs_formats */
    struct timed *timed; /* (n_run) */
    struct curve *curve; /* (n_cell) */
};
/* Set metric and target from --metric and --target, each of which may be NULL; k->r must be set. */
int costs_goal(struct costs *k, const char *metric, const char *target, struct err *e);
/* Simulate all runs; k->r, network, metric and target must be set.  -1 with a sentence on
 * failure. */
int costs_open(struct costs *k, struct err *e);
void costs_close(struct costs *k);
/* The output formats; all take a struct costs. md, csv and latex have a row for each cell: the
 * megabytes that a worker sends and the milliseconds that pass in a round, the minutes of the whole
 * run, the result, and the minutes and megabytes until the mean over seeds first reaches the
 * target.  If no target is given, it is the worst of the last values among cells that differ only
 * in method and graph. curves has a row for each point of each cell's curve, for plots. */
enum { N_COSTS_FORMAT = 4 };
extern const struct format costs_formats[N_COSTS_FORMAT];
/* Draw the metric over simulated minutes and over the megabytes that a worker sends, as files in
 * the folder, and say which files were written. */
int costs_plot(const struct costs *k, const char *out, struct err *e);
