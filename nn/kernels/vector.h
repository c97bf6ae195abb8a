/* vector: what the vectorised kernels share, for any vector length; only nn/kernels/ includes this,
 * after defining LANES.  Every output is summed in an order that does not depend on LANES, so that
 * sets of different lengths give the same bits; tests/test_models.c compares them. */
#ifndef NN_KERNELS_VECTOR_H
#define NN_KERNELS_VECTOR_H
#include "nn/kernels/kernels.h"

typedef float vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int mask __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
#define INLINE static inline __attribute__((always_inline))

/* Rows of a tile of sums that is two vectors wide, or half those of one that is one vector wide:
 * there are 32 registers of 16 lanes, or 16 of 8. */
enum { TILE = LANES == 16 ? 8 : 4 };
enum { LEAST_LANES = 8 }; /* of all sets */

static int least(int a, int b)
{
    return a < b ? a : b;
}
#endif
