/* quadratic: a method and a graph on noisy heterogeneous quadratics, the problem on which they are
 * compared with their executable specifications: worker i at x in round t has the gradient
 * h_i x - b_i + noise[t, i] (all products by coordinate). */
#ifndef TRAIN_QUADRATIC_H
#define TRAIN_QUADRATIC_H
#include "train/config.h"

struct quadratic {
    int n, n_round;
    size_t d;
    const double *x0, *h, *b;  /* (n, d) */
    const double *noise, *lrs; /* (n_round, n, d), (n_round) */
    double weight_decay;
};
/* Run c's method on c's graph; path (n_round + 1, n, d) gets the parameters before each round and
 * after the last, at the root.  All ranks. */
int quadratic_path(const struct quadratic *q, const struct config *c, double *path, struct err *e);
#endif
