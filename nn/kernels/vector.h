/* vector: what the vectorised kernels share, for any vector length; only nn/kernels/ includes this,
 * after defining LANES.  The order in which an output is summed does not depend on LANES, so sets
 * with different vector lengths give the same bits; tests/test_models.c compares them. */
#ifndef NN_KERNELS_VECTOR_H
#define NN_KERNELS_VECTOR_H
#include "nn/kernels/kernels.h"
#include <string.h>

typedef float vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int mask __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
#define INLINE static inline __attribute__((always_inline))

/* Rows of a tile of sums two vectors wide; a tile one vector wide has twice as many.  There are 32
 * registers of 16 lanes, or 16 of 8. */
enum { TILE = LANES == 16 ? 8 : 4 };
enum { LEAST_LANES = 8 }; /* the shortest vectors of any set */

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* LANES rows of LANES numbers become columns: after log2 LANES perfect shuffles of the rows, the
 * bits of a number's row and column have changed places. */
INLINE void transpose_square(const float *in, int in_step, float *out, int out_step)
{
    vec row[LANES], next[LANES];
    mask low, high;
    for (int i = 0; i < LANES; i++) {
        row[i] = *(const vec *)(in + i * in_step);
        low[i] = i / 2 + i % 2 * LANES, high[i] = low[i] + LANES / 2;
    }
    for (int width = 1; width < LANES; width *= 2) {
#pragma GCC unroll 8
        for (int i = 0; i < LANES / 2; i++) {
            next[2 * i] = __builtin_shuffle(row[i], row[i + LANES / 2], low);
            next[2 * i + 1] = __builtin_shuffle(row[i], row[i + LANES / 2], high);
        }
        memcpy(row, next, sizeof(row));
    }
    for (int i = 0; i < LANES; i++)
        *(vec *)(out + i * out_step) = row[i];
}
#endif
