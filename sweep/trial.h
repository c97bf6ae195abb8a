/* trial: some rounds of a run and a part of its test, without files, to measure how long it takes. */
#pragma once
#include "train/run.h"

/* Seconds: load: until the task is there; start: until the workers have done their first round,
 * which touches all memory; gradient: within gradients, since then.  The rest of the rounds since
 * then is in r.o.seconds_compute, which includes the gradients, and r.o.seconds_mix. */
struct trial {
    struct run r;
    double load, start, gradient;
    double bytes;      /* the most that the process will take */
    double test_times; /* how many times longer the full test takes */
};

/* Begin a trial of c in this process; start MPI first.  It stays where it is until it is closed.  -1
 * with a sentence if the run could not start. */
int trial_open(struct trial *t, const struct config *c, struct err *e);
void trial_close(struct trial *t);
void trial_round(struct trial *t);
/* Seconds that one full evaluation takes. */
double trial_test(struct trial *t);
