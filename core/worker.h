/* worker: one virtual worker of decentralized training, as flat vectors of equal length. */
#pragma once
#include "core/real.h"
#include <stddef.h>

/* The slots: parameters, gradient, then the algorithm's own state. */
enum { X, G, S0, S1, S2, S3, MAX_VEC };
#define BIT(slot) (1u << (slot))

struct worker {
    int id;             /* 0 .. n-1, whichever rank hosts it */
    size_t d;           /* length of every vector */
    real *vec[MAX_VEC]; /* (d), 64-byte aligned; NULL for slots that the algorithm does not use; for
                           a weighted algorithm (length), with the weight after the d numbers */
};

/* The workers that one rank hosts: ids first .. first + count - 1 of n.  Each slot is one slab
 * (count, stride) for all of them, so that gossip can send rows and swap whole slabs. */
struct workers {
    int n, first, count;
    size_t d, length, stride; /* length: numbers sent per vector: d, and the weight if any */
    real *slab[MAX_VEC];
    struct worker *at;
};

/* Allocate n_slot zeroed slots of d numbers for each worker, with a weight after them if
 * `weighted`; workers_release frees them. */
void workers_init(struct workers *w, int n, int first, int count, size_t d, int weighted,
                  int n_slot);
void workers_release(struct workers *w);
/* Replace a slot's slab by another of the same size; returns the old one. */
real *workers_swap(struct workers *w, int slot, real *slab);
