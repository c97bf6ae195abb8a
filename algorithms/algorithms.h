/* algorithms: what one worker does before and after its vectors are mixed: pure arithmetic on its
 * slots, one coordinate after the other.  Nothing here knows graphs, ranks, data or networks.
 *
 * A round of training is
 *   g = stochastic gradient at x + weight_decay x                       (train)
 *   before_mix;  gossip replaces v_i by sum_j W[i, j] v_j for the slots in `mixed`, and by the mean
 *   over all workers for those in `averaged`;  after_mix.
 * Letters as in the papers: x parameters, g gradient, m momentum, W mixing matrix, lr learning
 * rate, beta momentum factor, mu factor of the quasi-global average, t round from 0. */
#ifndef ALGORITHMS_ALGORITHMS_H
#define ALGORITHMS_ALGORITHMS_H
#include "core/registry.h"
#include "core/worker.h"

/* Hyper-parameters by their configuration keys; a method reads those in its `uses`. */
struct hyper {
    double momentum; /* beta */
    double mu;
    int every; /* rounds between updates of the quasi-global momentum */
};
enum { USES_MOMENTUM = 1, USES_MU = 2, USES_EVERY = 4 };

struct tick {
    int step;           /* t */
    double lr, lr_prev; /* of this round and of the last one (of this one at t = 0) */
};

struct algorithm {
    const char *about;
    int n_state;              /* slots S0 .. kept per worker, zero at the start */
    unsigned mixed, averaged; /* BIT sets */
    unsigned uses;            /* hyper-parameters */
    void (*before_mix)(struct worker *w, const struct hyper *h, struct tick k); /* or NULL */
    void (*after_mix)(struct worker *w, const struct hyper *h, struct tick k);  /* or NULL */
};
#define REGISTER(name, symbol) extern const struct algorithm algorithm_##symbol;
#include "algorithms/list.h"
#undef REGISTER
extern const struct registry algorithm_registry[];
extern const size_t n_algorithm;

/* NULL with a sentence that lists the known ones if there is none of that name. */
const struct algorithm *algorithm_find(const char *name, struct err *e);
#endif
