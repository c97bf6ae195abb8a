/* sampler: the batches of a worker.  What a worker sees at a step is a function of (seed, worker,
 * step) alone.  It goes through its own samples again and again, shuffled anew each time; a last
 * batch that is shorter is kept or dropped. */
#pragma once
#include "core/real.h"
#include "loaders/dataset.h"
#include "partitions/partition.h"

/* How batches are made.  drop_last: leave out a last batch that is shorter. */
struct batches {
    int size, augment, drop_last;
};
struct sampler {
    const struct dataset *ds;
    const struct partition *part;
    struct batches batch;
    uint64_t seed;
    int first, count; /* the workers served: this rank's */
    int *epoch;       /* (count) each worker's own epoch that order holds, -1 at first */
    int32_t *order;   /* each worker's samples in this epoch's order, one worker after the other */
};

/* With drop_last, every worker must hold at least a batch. */
void sampler_open(struct sampler *s, const struct dataset *ds, const struct partition *part,
                  struct batches batch, uint64_t seed, int first, int count);
void sampler_close(struct sampler *s);
/* Steps per epoch of the run: the mean number of samples of a worker / batch size, rounded up, or
 * down with drop_last.  If workers hold different numbers, in an epoch some see their samples
 * several times, and others only a part of them. */
int sampler_steps(const struct sampler *s);
/* The batch of a worker at a step counted from 0 over all epochs: x (n, h, w, c) normalised, or
 * (n, h) token numbers, y (n); returns n.  With augment, images only: horizontal flip with
 * probability 1/2, then a crop of the image size at a uniform offset from the image padded with 4
 * zeros on each side (zero before normalisation). */
int sampler_batch(struct sampler *s, int worker, int step, real *x, int32_t *y);
