/* trial: some rounds of a run and a part of its test, without files, to measure their time. */
#pragma once
#include "train/run.h"

/* Seconds. load: until the task is loaded; start: until the workers have done their first round,
 * which touches all memory; gradient: spent in gradients after that.  All time spent in these later
 * rounds is in r.o.seconds_compute, which includes the gradients, and r.o.seconds_mix. */
struct trial {
    struct run r;
    double load, start, gradient;
    double bytes;      /* the most that the process will use, without trial_vectors */
    double test_times; /* how many times longer the full test takes */
};

/* Begin a trial of c in this process.  -1 with a sentence if the run could not start.  MPI must
 * have been started, and *t must not move until it is closed. */
int trial_open(struct trial *t, const struct config *c, struct err *e);
void trial_close(struct trial *t);
void trial_round(struct trial *t);
/* Seconds that one full evaluation takes. */
double trial_test(struct trial *t);

/* What trial_open finds out about memory, without doing a round: bytes as in struct trial, and the
 * number of parameters. */
int trial_memory(const struct config *c, double *bytes, size_t *d, struct err *e);
/* The bytes of the vectors of c's workers, with d parameters each. */
int trial_vectors(const struct config *c, size_t d, double *bytes, struct err *e);
