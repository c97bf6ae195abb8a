/* curve: the results of a cell over the time and the bytes that its rounds would take. */
#pragma once
#include "clock/clock.h"
#include "report/results.h"

struct curve {
    int n, n_seed; /* rows of metrics.csv that all runs of the cell have; runs that finished */
    struct point {
        double epoch, step, seconds, bytes; /* bytes: sent by a worker since the start */
        double value;                       /* the metric's mean over seeds */
    } * at;
};
/* Runs that diverged or are missing are left out.  -1 with a sentence if a file cannot be read. */
int curve_open(struct curve *k, const struct results *r, int cell, int metric,
               const struct network *w, struct err *e);
void curve_close(struct curve *k);
/* How many steps a run has made; NAN if that cannot be read. */
double curve_steps(const struct results *r, int run);
/* The first point at which the metric is at least as good as the target; NULL if there is none. */
const struct point *curve_reaches(const struct curve *k, int metric, double target);
