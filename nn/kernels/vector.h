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

/* n rows of n numbers become columns: after log2 n perfect shuffles of the rows, the bits of a
 * number's row and column have changed places.  TRANSPOSE defines it for one n and its vectors. */
#define TRANSPOSE(name, n, vec_of_n, mask_of_n)                                                    \
    INLINE void name(const float *in, int in_step, float *out, int out_step)                       \
    {                                                                                              \
        vec_of_n row[n], next[n];                                                                  \
        mask_of_n low, high;                                                                       \
        for (int i = 0; i < n; i++) {                                                              \
            row[i] = *(const vec_of_n *)(in + i * in_step);                                        \
            low[i] = i / 2 + i % 2 * n, high[i] = low[i] + n / 2;                                  \
        }                                                                                          \
        for (int width = 1; width < n; width *= 2) {                                               \
            _Pragma("GCC unroll 8") for (int i = 0; i < n / 2; i++)                                \
            {                                                                                      \
                next[2 * i] = __builtin_shuffle(row[i], row[i + n / 2], low);                      \
                next[2 * i + 1] = __builtin_shuffle(row[i], row[i + n / 2], high);                 \
            }                                                                                      \
            memcpy(row, next, sizeof(row));                                                        \
        }                                                                                          \
        for (int i = 0; i < n; i++)                                                                \
            *(vec_of_n *)(out + i * out_step) = row[i];                                            \
    }
TRANSPOSE(transpose_square, LANES, vec, mask)
typedef float vec_eight __attribute__((vector_size(32), aligned(4), may_alias));
typedef int mask_eight __attribute__((vector_size(32), aligned(4), may_alias));
TRANSPOSE(transpose_eight, 8, vec_eight, mask_eight)
#endif
