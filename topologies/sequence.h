/* sequence: the mixing matrices of a file, one for each round; after the last round the first
 * follows.  For topologies/file.c. */
#pragma once
#include "core/core.h"

struct sequence {
    int n, n_round;
    char why_n[120];  /* what in the file determines n, for sentences */
    const char *hint; /* what may be wrong with n, or "" */
    double *W;        /* (n_round, n, n) as in topologies.h; NULL until it is read */
};

/* Set n, n_round and why_n from the file, an .npz archive or a text of edges; W stays NULL. */
int sequence_size(struct sequence *s, const char *path, struct err *e);
/* Read and check the weights of a sequence whose size is set; free() W.
 *   all weights are >= 0, and every worker receives something in each round;
 *   the columns of each matrix sum to 1 within 1e-6, since decimals and floats are rounded; what is
 *     missing is added to the diagonal;
 *   over all rounds together, every worker's value reaches every other worker.
 * The rows need not sum to 1. */
int sequence_read(struct sequence *s, const char *path, struct err *e);
