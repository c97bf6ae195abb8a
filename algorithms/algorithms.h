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
#include "core/parameter.h"
#include "core/registry.h"
#include "core/worker.h"

/* What a method asks of the graph: D^2 stable (topologies/spectrum.h); the same in every round;
 * edges that go one way; a tree. */
enum { NEEDS_D2_STABLE = 1, NEEDS_STATIC = 2, NEEDS_DIRECTED = 4, NEEDS_TREE = 8 };

/* What theory exempts a method from (tests over all methods go by these): its step is not linear in
 * the gradients, so the mean of the workers does not follow their mean gradient; it uses some of
 * the gradients late. */
enum { NOT_LINEAR = 1, DELAYED = 2 };

struct tick {
    int step;            /* t */
    double lr, lr_prev;  /* of this round and of the last one (of this one at t = 0) */
    double weight_decay; /* which g contains already */
};

struct algorithm {
    const char *about;
    int n_state;                           /* slots S0 .. kept per worker, zero at the start */
    unsigned mixed_first, mixed, averaged; /* BIT sets */
    int relayed;                           /* x is */
    int weighted; /* a weight stands behind x, at x[d], and travels with it; 0 at the start */
    unsigned needs, traits; /* NEEDS_ of the graph; NOT_LINEAR, DELAYED */
    const char *undirected; /* if it needs a directed graph: the method that equals it elsewhere */
    const struct parameter *parameter; /* its hyper-parameters; NULL: none */
    double (*size)(size_t d); /* of a message of d numbers, in numbers of 4 bytes; NULL: d */
    /* Hyper-parameters h come in the order of the list.
     * Whether this round averages; NULL: every round does. */
    int (*averages)(const union value *h, struct tick k);
    /* Each may be NULL. */
    void (*before_mix)(struct worker *w, const union value *h, struct tick k);
    void (*between)(struct worker *w, const union value *h, struct tick k);
    void (*after_mix)(struct worker *w, const union value *h, struct tick k);
};
#define REGISTER(name, symbol) extern const struct algorithm algorithm_##symbol;
#include "algorithms/list.h"
#undef REGISTER
extern const struct registry algorithm_registry[];
extern const size_t n_algorithm;

/* NULL with a sentence that lists the known ones if there is none of that name. */
const struct algorithm *algorithm_find(const char *name, struct err *e);
/* The slots that are averaged in a round, and those that are mixed after `between`. */
unsigned algorithm_averaged(const struct algorithm *a, const union value *h, struct tick k);
unsigned algorithm_mixed(const struct algorithm *a, const union value *h, struct tick k);
#endif
