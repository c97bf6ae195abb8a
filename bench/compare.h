/* compare: what a benchmark computes beside what it should, before it is timed. */
#ifndef BENCH_COMPARE_H
#define BENCH_COMPARE_H
#include "bench/shim.h"
#include "core/real.h"
#include <stddef.h>

/* bench_wrong unless all n numbers agree, |got - want| <= tolerance; NaN never does.  what is the
 * array's name for the sentence. */
void compare(struct bench *b, const char *what, size_t n, const real *got, const real *want,
             double tolerance);
/* The largest |v| of n. */
double largest(size_t n, const real *v);
#endif
