/* compare: checks the results of a benchmark before it is timed. */
#pragma once
#include "bench/shim.h"
#include "core/real.h"
#include <stddef.h>

/* Call bench_wrong unless |got - want| <= tolerance for all n numbers; NaN never agrees.  what: the
 * name of the array in the sentence. */
void compare(struct bench *b, const char *what, size_t n, const real *got, const real *want,
             double tolerance);
/* The largest |v| of n numbers. */
double largest(size_t n, const real *v);
