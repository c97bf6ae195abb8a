/* conformance_method: the trajectory of a method on a graph, on given noisy heterogeneous
 * quadratics, for comparison with its executable specification.  In round t, worker i at x has the
 * gradient (products by coordinate)
 *   h_i x - b_i + noise[t, i] */
#pragma once
#include "train/config.h"

/* Read x0, h, b (n, d), noise (T, n, d), lrs (T) and weight_decay () from the archive `in`, run c's
 * method on c's graph with n workers, and write x (T + 1, n, d) to the archive `out`: the
 * parameters before each round and after the last.  -1 with a sentence on failure.  Collective. */
int conformance_method(const struct config *c, const char *in, const char *out, struct err *e);
