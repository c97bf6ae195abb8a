/* algorithms: what one worker does before and after its vectors are mixed: pure arithmetic on its
 * slots, one coordinate after the other.  Nothing here knows graphs, ranks, data or networks.
 *
 * A round of training is
 *   1. g = stochastic gradient at x + weight_decay x  (computed by train/)
 *   2. before_mix
 *   3. gossip replaces v_i by sum_j W[i, j] v_j for the slots in `mixed`, and by the mean over all
 *      workers for the slots in `averaged`
 *   4. after_mix
 *
 * Variations:
 *   averages      the rounds in which a method averages; averaged slots are not mixed in these
 *                 rounds, since mixing keeps the mean
 *   mixed_first   for a method that mixes twice in a round: the slots of the first mixing, which
 *                 `between` follows
 *   relayed       for methods on trees: x is not mixed; gossip adds to it the messages of the
 *                 neighbours (relaysgd.c)
 *
 * With local_steps = H > 1, gossip follows only every H-th step.  The steps in between are rounds
 * with W = I, in which nothing is sent.  All parts of the method run in them; a method that must
 * act differently there checks is_local. The rounds of exact averages do not change.
 *
 * Letters as in the papers: x parameters, g gradient, m momentum, W mixing matrix, lr learning
 * rate, beta momentum factor, mu factor of the quasi-global average, t round from 0. */
#pragma once
#include "core/parameter.h"
#include "core/registry.h"
#include "core/worker.h"

/* What a method requires of the graph: that D^2 is stable on it (topologies/spectrum.h), that it is
 * the same in every round, that it has directed edges, or that it is a tree. */
enum { NEEDS_D2_STABLE = 1, NEEDS_STATIC = 2, NEEDS_DIRECTED = 4, NEEDS_TREE = 8 };

/* Properties that exempt a method from parts of the tests over all methods.
 *   NOT_LINEAR   the step is not linear in the gradients, so the mean of the workers does not
 *                follow their mean gradient
 *   DELAYED      some gradients are used late */
enum { NOT_LINEAR = 1, DELAYED = 2 };

struct tick {
    int step;            /* t, counted in gradient steps */
    double lr, lr_prev;  /* of this round; of the previous one, or of this one at t = 0 */
    double weight_decay; /* which g contains already */
    int n_expected;      /* models that an average of relayed ones should hold, if messages may be
                            lost; 0: as many as arrive */
    int local_steps;     /* H: the steps from one gossip to the next */
    int round;           /* t / H: the gossip that ends this step or comes next, counted from 0 */
    int is_local;        /* no gossip follows this step */
};

struct algorithm {
    const char *about;
    int n_state;                           /* slots S0 .. kept per worker, zero at the start */
    unsigned mixed_first, mixed, averaged; /* BIT sets */
    int relayed;                           /* whether x is relayed */
    int whole;                             /* needs whole vectors, for a norm or the weight */
    int weighted;           /* x[d] is a weight, sent and mixed together with x; 0 at the start */
    unsigned needs, traits; /* NEEDS_ of the graph; NOT_LINEAR, DELAYED */
    const char *undirected; /* with NEEDS_DIRECTED: what it becomes on undirected graphs */
    const char *every_step; /* why gossip must follow every step; NULL: it need not */
    const struct parameter *parameter; /* its hyper-parameters; NULL: none */
    double (*size)(size_t d); /* size of a message of d numbers, in 4-byte units; NULL: d */
    /* Hyper-parameters h are in the order of the list `parameter`.
     * Whether this round averages; NULL: every round does. */
    int (*averages)(const union value *h, struct tick k);
    /* Each may be NULL.  Unless `whole` is set, before_mix may be called on one part of a worker's
     * vectors after the other, each looking like a worker with a smaller d. */
    void (*before_mix)(struct worker *w, const union value *h, struct tick k);
    void (*between)(struct worker *w, const union value *h, struct tick k);
    void (*after_mix)(struct worker *w, const union value *h, struct tick k);
};
#define REGISTER(name, symbol) extern const struct algorithm algorithm_##symbol;
#include "algorithms/list.h"
#undef REGISTER
extern const struct registry algorithm_registry[];
extern const size_t n_algorithm;

/* The method of this name; NULL with a sentence that lists the known ones if there is none. */
const struct algorithm *algorithm_find(const char *name, struct err *e);
/* The slots that are averaged in a round, and those that are mixed after `between` has run. */
unsigned algorithm_averaged(const struct algorithm *a, const union value *h, struct tick k);
unsigned algorithm_mixed(const struct algorithm *a, const union value *h, struct tick k);
