/* formula: test numbers that C and Python (scripts/golden/formula.py) compute bit for bit alike, so
 * that no golden file needs to store them; arrays that detect writes outside their bounds; and a
 * comparison of whole arrays. */
#ifndef TESTS_FORMULA_H
#define TESTS_FORMULA_H
#include "core/core.h"
#include "core/real.h"
#include "tests/check.h"
#include <stdlib.h>

/* The i-th number of a stream: uniform on (-1, 1), from the finalizer of MurmurHash3. */
static inline double formula(uint32_t stream, uint32_t i)
{
    uint32_t h = i + stream * 0x9e3779b9u;
    h ^= h >> 16, h *= 0x85ebca6bu;
    h ^= h >> 13, h *= 0xc2b2ae35u;
    h ^= h >> 16;
    return ((double)h + 0.5) / 2147483648.0 - 1;
}

/* Mean 0, variance 1. */
static inline double formula_unit(uint32_t stream, uint32_t i)
{
    return 1.7320508075688772 * formula(stream, i);
}

enum { GUARD = 17 }; /* odd, so that arrays are as badly aligned as a real allows */
static const real guard_value = (real)-12345.675;

/* n numbers, NaN until written, between two guards. */
static inline real *guarded(size_t n)
{
    real *all = malloc((n + 2 * GUARD) * sizeof(real));
    CHECK(all);
    for (size_t i = 0; i < n + 2 * GUARD; i++)
        all[i] = i < GUARD || i >= n + GUARD ? guard_value : (real)NAN;
    return all + GUARD;
}

/* n numbers of a stream with mean 0 and variance 1, between two guards. */
static inline real *guarded_units(size_t n, uint32_t stream)
{
    real *v = guarded(n);
    for (size_t i = 0; i < n; i++)
        v[i] = (real)formula_unit(stream, (uint32_t)i);
    return v;
}

/* Free the array; fails if a guard was overwritten. */
static inline void guarded_free(real *v, size_t n)
{
    for (size_t i = 0; i < GUARD; i++)
        if (v[i - GUARD] != guard_value || v[n + i] != guard_value)
            fail_msg("something wrote beside an array of %zu numbers", n);
    free(v - GUARD);
}

static inline double *doubles_of(const real *v, size_t n)
{
    double *copy = xcalloc(n + 1, sizeof(*copy));
    for (size_t i = 0; i < n; i++)
        copy[i] = (double)v[i];
    return copy;
}

/* Check that each |got - want| <= tol * max(1, largest |want|), the size of the terms that are
 * summed; NaN fails. */
#define check_array(got, want, n, tol) check_array_at(got, want, n, tol, #got, __FILE__, __LINE__)
static inline void check_array_at(const real *got, const double *want, size_t n, double tol,
                                  const char *what, const char *file, int line)
{
    double largest = 1;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(want[i]));
    for (size_t i = 0; i < n; i++)
        if (!(fabs((double)got[i] - want[i]) <= tol * largest)) {
            print_error("%s[%zu] of %zu is %.17g, expected %.17g within %g of %g\n", what, i, n,
                        (double)got[i], want[i], tol, largest);
            _fail(file, line);
        }
}
#endif
