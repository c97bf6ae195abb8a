/* cost: estimates the time and memory of a run on this machine, by doing a few of its rounds and a
 * part of its test in the calling process. */
#pragma once
#include "train/config.h"

/* A run in one process: seconds from start to end, and peak memory in bytes. */
struct cost {
    double seconds, bytes;
};
enum { COST_KINDS = 64 };
/* Measurements, shared by runs that differ only in method, graph, partition, rate or seed. */
struct cost_model {
    int n;
    struct cost_kind {
        char name[3 * CONFIG_TEXT];
        long steps_per_epoch;
        double start, step, test; /* seconds until, and per, round; per evaluation; 0: not known */
        double bytes;             /* without the workers' vectors; 0: not known */
        size_t d;                 /* number of parameters */
    } kind[COST_KINDS];
};
/* Estimate the cost of a run.  -1 with a sentence if the run could not start.  MPI must have been
 * started. */
int cost_of(struct cost_model *m, const struct config *c, struct cost *cost, struct err *e);
/* The same for the bytes alone, without doing rounds. */
int cost_memory(struct cost_model *m, const struct config *c, double *bytes, struct err *e);
