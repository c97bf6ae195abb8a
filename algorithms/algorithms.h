/* algorithms: what one worker does before and after its vectors are mixed: pure arithmetic on its
 * slots, one coordinate after the other.  Nothing here knows graphs, ranks, data or networks.
 *
 * A round of training is
 *   g = stochastic gradient at x + weight_decay x                       (train)
 *   before_mix;  gossip replaces v_i by sum_j W[i, j] v_j for the slots in `mixed`, and by the mean
 *   over all workers for those in `averaged`;  after_mix.
 * A method that averages only in some rounds tells them by `averages`; slots that are averaged are
 * not mixed in that round, since mixing keeps the mean.  A method that has to mix twice in a row
 * names the slots of the first time in `mixed_first`, and goes on in `between`.  A method on trees
 * may have x `relayed` instead: gossip adds to it what its neighbours pass on, as relaysgd.c says.
 * Letters as in the papers: x parameters, g gradient, m momentum, W mixing matrix, lr learning
 * rate, beta momentum factor, mu factor of the quasi-global average, t round from 0. */
#ifndef ALGORITHMS_ALGORITHMS_H
#define ALGORITHMS_ALGORITHMS_H
#include "core/registry.h"
#include "core/worker.h"

/* Hyper-parameters by their configuration keys; a method reads those in its `uses`. */
struct hyper {
    double weight_decay; /* which every method's g contains */
    double momentum;     /* beta */
    double mu;
    int every; /* rounds between updates of the quasi-global momentum */
    int tau;   /* rounds between exact averages */
    double slow_beta, slow_lr;
    double beta1, beta2, eps; /* of Adam */
    double gamma;             /* consensus step of compressed gossip */
};
enum {
    USES_MOMENTUM = 1,
    USES_MU = 2,
    USES_EVERY = 4,
    USES_TAU = 8,
    USES_SLOW = 16, /* slow_beta, slow_lr */
    USES_ADAM = 32, /* beta1, beta2, eps */
    USES_GAMMA = 64
};
/* What a method asks of the graph: D^2 stable (topologies/spectrum.h); the same in every round;
 * edges that go one way; a tree. */
enum { NEEDS_D2_STABLE = 1, NEEDS_STATIC = 2, NEEDS_DIRECTED = 4, NEEDS_TREE = 8 };

struct tick {
    int step;           /* t */
    double lr, lr_prev; /* of this round and of the last one (of this one at t = 0) */
};

struct algorithm {
    const char *about;
    int n_state;                           /* slots S0 .. kept per worker, zero at the start */
    unsigned mixed_first, mixed, averaged; /* BIT sets */
    int relayed;                           /* x is */
    int weighted;   /* a weight stands behind x, at x[d], and travels with it; 0 at the start */
    unsigned uses;  /* hyper-parameters */
    unsigned needs; /* of the graph */
    double (*size)(size_t d); /* of a message of d numbers, in numbers of 4 bytes; NULL: d */
    /* Whether this round averages; NULL: every round does. */
    int (*averages)(const struct hyper *h, struct tick k);
    /* Each may be NULL. */
    void (*before_mix)(struct worker *w, const struct hyper *h, struct tick k);
    void (*between)(struct worker *w, const struct hyper *h, struct tick k);
    void (*after_mix)(struct worker *w, const struct hyper *h, struct tick k);
};
#define REGISTER(name, symbol) extern const struct algorithm algorithm_##symbol;
#include "algorithms/list.h"
#undef REGISTER
extern const struct registry algorithm_registry[];
extern const size_t n_algorithm;

/* NULL with a sentence that lists the known ones if there is none of that name. */
const struct algorithm *algorithm_find(const char *name, struct err *e);
/* The slots that are averaged in a round, and those that are mixed after `between`. */
unsigned algorithm_averaged(const struct algorithm *a, const struct hyper *h, struct tick k);
unsigned algorithm_mixed(const struct algorithm *a, const struct hyper *h, struct tick k);
#endif
