/* worker: one virtual node of the decentralized network, as flat vectors of equal length. */
#ifndef CORE_WORKER_H
#define CORE_WORKER_H
#include "core/real.h"
#include <stddef.h>

/* The slots: parameters, gradient, then the algorithm's own state. */
enum { X, G, S0, S1, S2, S3, MAX_VEC };
#define BIT(slot) (1u << (slot))

struct worker {
    int id;             /* 0 .. n-1, whichever rank hosts it */
    size_t d;           /* length of every vector */
    real *vec[MAX_VEC]; /* (d), 64-byte aligned; NULL for slots that the algorithm does not use; of
                           a weighted algorithm (length), its weight behind the d */
};

/* The workers that one rank hosts: ids first .. first + count - 1 of n.  A slot of all of them is
 * one slab (count, stride), so that gossip can send rows and swap whole slabs. */
struct workers {
    int n, first, count;
    size_t d, length, stride; /* length: what travels of a vector, d and the weight if it has one */
    real *slab[MAX_VEC];
    struct worker *at;
};

/* Room for n_slot zeroed slots of d numbers, and a weight behind them if `weighted`, for each of
 * the workers; workers_release frees it. */
void workers_init(struct workers *w, int n, int first, int count, size_t d, int weighted,
                  int n_slot);
void workers_release(struct workers *w);
/* Put another slab of the same size in a slot's place; returns the old one. */
real *workers_swap(struct workers *w, int slot, real *slab);
#endif
