/* curve: the results of runs as functions of the simulated time and of the bytes sent. */
#pragma once
#include "clock/clock.h"
#include "report/results.h"

/* A run simulated on the network. */
struct timed {
    long n_step;
    double *seconds; /* (n_step + 1) after each step; NULL: the run has not ended */
    double bytes;    /* sent by a worker in a step, on average */
};
/* Simulate a run that has ended.  -1 with a sentence if its files cannot be read, or if it cannot
 * be simulated. timed_free() it; a struct that is all 0 may be freed as well. */
int timed_run(struct timed *t, const struct results *r, int run, const struct network *w,
              struct err *e);
void timed_free(struct timed *t);
/* How many steps a run has made; NAN if that cannot be read. */
double timed_steps(const struct results *r, int run);

/* A cell's mean over its seeds, at the rows of metrics.csv that all of them have. */
struct curve {
    int n, n_seed;
    struct point {
        double epoch, step, seconds, bytes, value; /* bytes: sent by a worker since the start */
    } * at;
};
/* timed (n_run): the runs.  Those that diverged or are missing are left out. */
int curve_open(struct curve *k, const struct results *r, int cell, int metric,
               const struct timed *timed, struct err *e);
void curve_close(struct curve *k);
/* The first point at which the metric is at least as good as the target; NULL if there is none. */
const struct point *curve_reaches(const struct curve *k, int metric, double target);
