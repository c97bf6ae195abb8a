/* cost: what a run will take on this machine, from a few of its rounds and a part of its test,
 * measured now on the processor that calls. */
#ifndef SWEEP_COST_H
#define SWEEP_COST_H
#include "train/config.h"

/* Of one process: seconds from start to end, and the most bytes at a time. */
struct cost {
    double seconds, bytes;
};
enum { COST_KINDS = 64 };
/* What was measured, for runs that differ in method, graph, partition, rate or seed only. */
struct cost_model {
    int n;
    struct cost_kind {
        char name[3 * CONFIG_TEXT];
        long steps_per_epoch;
        double step, test, bytes; /* seconds a round, seconds an evaluation */
    } kind[COST_KINDS];
};
/* Start MPI before.  -1 with a sentence if the run could not start. */
int cost_of(struct cost_model *m, const struct config *c, struct cost *cost, struct err *e);
#endif
