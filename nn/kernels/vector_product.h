/* vector_product: the product of a matrix and a narrow one, of one or two vectors, for any vector
 * length. */
#pragma once
#include "nn/kernels/vector.h"

/* y (n, `to` vectors) = v (n, c) u (c, `to` vectors). */
INLINE void product_tile(int n, int to, int c, const float *v, const float *u, int u_step, float *y)
{
    vec sum[2 * TILE][2];
#pragma GCC unroll 16
    for (int t = 0; t < n; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[t][b] = (vec){0};
    for (int i = 0; i < c; i++, u += u_step)
#pragma GCC unroll 16
        for (int t = 0; t < n; t++)
#pragma GCC unroll 2
            for (int b = 0; b < to; b++)
                sum[t][b] += v[t * c + i] * *(const vec *)(u + b * LANES);
#pragma GCC unroll 16
    for (int t = 0; t < n; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            *(vec *)(y + (t * to + b) * LANES) = sum[t][b];
}

INLINE void product(int n, int to, int c, const float *v, const float *u, int u_step, float *y)
{
    int t = 0;
    for (; to == 1 && t + 2 * TILE <= n; t += 2 * TILE)
        product_tile(2 * TILE, to, c, v + t * c, u, u_step, y + t * to * LANES);
    for (; t + TILE <= n; t += TILE)
        product_tile(TILE, to, c, v + t * c, u, u_step, y + t * to * LANES);
    for (; t < n; t++)
        product_tile(1, to, c, v + t * c, u, u_step, y + t * to * LANES);
}
