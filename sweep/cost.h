/* cost: estimates the time and memory of a run on this machine, from a few of its rounds and a part
 * of its test, measured by the calling process. */
#pragma once
#include "train/config.h"

/* For one process: seconds from start to end, and the most bytes in use at a time. */
struct cost {
    double seconds, bytes;
};
enum { COST_KINDS = 64 };
/* Measurements; runs that differ only in method, graph, partition, rate or seed share them. */
struct cost_model {
    int n;
    struct cost_kind {
        char name[3 * CONFIG_TEXT];
        long steps_per_epoch;
        double start, step, test, bytes; /* seconds until, and per, round; per evaluation */
    } kind[COST_KINDS];
};
/* Estimate the cost of a run; start MPI first.  -1 with a sentence if the run could not start. */
int cost_of(struct cost_model *m, const struct config *c, struct cost *cost, struct err *e);
