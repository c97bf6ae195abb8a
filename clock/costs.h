/* costs: what an experiment's results cost on a network, as tables. */
#pragma once
#include "clock/curve.h"
#include "report/plot.h"
#include "report/table.h"

struct costs {
    const struct results *r;
    struct network network; /* compute: NAN for what the runs measured */
    int metric;
    double target;       /* NAN: what all methods and graphs of a group reach, see costs_table */
    struct timed *timed; /* (n_run) */
    struct curve *curve; /* (n_cell) */
};
/* Simulate all runs; k->r, network, metric and target are set.  -1 with a sentence on failure. */
int costs_open(struct costs *k, struct err *e);
void costs_close(struct costs *k);
/* A row for each cell: megabytes that a worker sends and milliseconds that pass in a round, minutes of
 * the whole run, the result, and minutes and megabytes until the target is first reached by the mean
 * over seeds.  Without a target it is, among cells that differ in method and graph only, the worst of
 * their last values.  table_free() it. */
void costs_table(struct table *t, const struct costs *k);
/* The metric over simulated minutes and over megabytes that a worker sends, as figures in the folder. */
int costs_plot(struct plot *p, const struct costs *k, const char *out, const struct look *look,
               struct err *e);
/* A row for each point of each cell's curve, for plots. */
void costs_curves(struct table *t, const struct costs *k);
