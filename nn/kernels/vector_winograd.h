/* vector_winograd: 3 x 3 convolutions with stride 1 by F(m x m, 3 x 3) for m = 2 and 4 (Winograd
 * 1980; Lavin and Gray 2016, "Fast algorithms for convolutional neural networks"): 4 and 2.25
 * multiplications per output instead of the 9 of the direct sum.
 *
 *   forward   Y = A' [(G w G') * (B' d B)] A     d: n x n inputs, Y: the m x m outputs they reach
 *   weights   dw = G' [sum over tiles of (B' d B) * (A dY A')] G
 *
 * with n = m + 2; `*` is elementwise over the n x n positions of a tile, and a matrix product over
 * the channels.  Backward by data is forward over reversed and transposed weights.  The matrices
 * evaluate polynomials at these points, with this rounding error relative to the direct sum:
 *
 *   m = 2   0, +-1, infinity            less than 1
 *   m = 4   0, +-3/4, +-3/2, infinity   2.5   (with 0, +-1, +-2, infinity: 5)
 *
 * Tiles are processed in chunks of whole rows of tiles, which stay in cache, and outputs in blocks
 * of two vectors; the last block may have one. */
#include "nn/kernels/vector.h"
#include "nn/kernels/vector_product.h"
#include "nn/kernels/vector_transforms.h"
#include <string.h>

enum { BLOCK = 2 * LANES };
enum { WEIGHTS_IN_CACHE = 1 << 18 }; /* numbers */

static int n_tile(int length, int m)
{
    return (length + m - 1) / m;
}

/* Multiplications by a weight of each channel pair: of tiles of m, and of the direct sum, which
 * takes only the taps that lie inside the image (3 x 3, padded by 1). */
static int n_product(const struct conv *s, int m)
{
    return n_tile(s->out_h, m) * n_tile(s->out_w, m) * (m + 2) * (m + 2);
}
static int n_direct(const struct conv *s)
{
    return (3 * s->h - 2) * (3 * s->w - 2);
}

/* The m that needs fewer multiplications. */
static int fewest(const struct conv *s)
{
    return n_product(s, 4) < n_product(s, 2) ? 4 : 2;
}

/* A 3 x 3 convolution that keeps the image's size, with channels in whole vectors.  This does not
 * depend on the vector length, so that all sets sum in the same order. */
static int is_simple(const struct conv *s)
{
    return s->k == 3 && s->stride == 1 && s->pad == 1 && s->c % LEAST_LANES == 0 &&
           s->o % LEAST_LANES == 0;
}
/* Images of up to 2 x 2 are not worth a transform. */
static int is_tiny(const struct conv *s)
{
    return is_simple(s) && n_direct(s) <= n_product(s, fewest(s));
}
static int is_winograd(const struct conv *s)
{
    return is_simple(s) && !is_tiny(s);
}

static struct winograd winograd_plan(const struct conv *s, int m, float *work)
{
    struct winograd g = {.s = s, .m = m};
    g.n = g.m + 2;
    g.block = g.n * g.n * s->c * s->o <= WEIGHTS_IN_CACHE ? s->o : BLOCK;
    int tiles = g.block == s->o ? 64 : 128;
    g.high = n_tile(s->out_h, g.m), g.wide = n_tile(s->out_w, g.m);
    g.rows = (tiles + g.wide - 1) / g.wide;
    g.tiles = g.rows * g.wide;
    g.zeros = work;
    g.v = g.zeros + s->w * s->c;
    g.y = g.v + g.n * g.n * position_step(&g, s->c);
    g.u = g.y + g.n * g.n * position_step(&g, BLOCK);
    return g;
}

static size_t winograd_work(const struct conv *s, int m)
{
    struct winograd g = winograd_plan(s, m, NULL);
    size_t per_position = (size_t)position_step(&g, s->c) + (size_t)position_step(&g, BLOCK) +
                          (size_t)weight_step(&g);
    return (size_t)(s->w * s->c) + (size_t)(g.n * g.n) * per_position;
}

/* --- products --------------------------------------------------------------------------------- */

/* u (n_c, `to` vectors) = v' y over n tiles, plus u if `add`; v (n, c), y (n, `to` vectors). */
INLINE void outer_tile(int n_c, int to, int add, int n, int c, const float *v, const float *y,
                       float *u, int u_step)
{
    vec sum[2 * TILE][2];
#pragma GCC unroll 16
    for (int i = 0; i < n_c; i++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[i][b] = add ? *(const vec *)(u + i * u_step + b * LANES) : (vec){0};
    for (int t = 0; t < n; t++, v += c, y += to * LANES)
#pragma GCC unroll 16
        for (int i = 0; i < n_c; i++)
#pragma GCC unroll 2
            for (int b = 0; b < to; b++)
                sum[i][b] += v[i] * *(const vec *)(y + b * LANES);
#pragma GCC unroll 16
    for (int i = 0; i < n_c; i++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            *(vec *)(u + i * u_step + b * LANES) = sum[i][b];
}

/* The same for any n_c that is a multiple of LEAST_LANES. */
INLINE void outer_product(int n_c, int to, int add, int n, int c, const float *v, const float *y,
                          float *u, int u_step)
{
    int i = 0;
    for (; to == 1 && i + 2 * TILE <= n_c; i += 2 * TILE)
        outer_tile(2 * TILE, to, add, n, c, v + i, y, u + i * u_step, u_step);
    for (; i < n_c; i += TILE)
        outer_tile(TILE, to, add, n, c, v + i, y, u + i * u_step, u_step);
}

/* All positions of a chunk's n tiles, for `width` outputs whose weights start at u. */
static void products(const struct winograd *g, int n, int width, const float *u)
{
    int c = g->s->c;
    for (int k = 0; k < g->n * g->n; k++, u += weight_step(g)) {
        const float *v = g->v + k * position_step(g, c);
        float *y = g->y + k * position_step(g, width);
        if (width == BLOCK)
            product(n, 2, c, v, u, g->block, y);
        else if (c == LANES && g->block == LANES) /* constants free registers for pointers */
            product(n, 1, LANES, v, u, LANES, y);
        else
            product(n, 1, c, v, u, g->block, y);
    }
}

/* All positions of a chunk's n tiles, for n_c channels from `first` on and `width` outputs: u is
 * (n n, `step` apart; n_c, `row` apart; width). */
static void outer_products(const struct winograd *g, int n, int first, int n_c, int width, int add,
                           float *u, int step, int row)
{
    int c = g->s->c;
    for (int k = 0; k < g->n * g->n; k++, u += step) {
        const float *v = g->v + k * position_step(g, c) + first;
        const float *y = g->y + k * position_step(g, width);
        if (width == BLOCK && add)
            outer_product(n_c, 2, 1, n, c, v, y, u, row);
        else if (width == BLOCK)
            outer_product(n_c, 2, 0, n, c, v, y, u, row);
        else if (add)
            outer_product(n_c, 1, 1, n, c, v, y, u, row);
        else
            outer_product(n_c, 1, 0, n, c, v, y, u, row);
    }
}

/* --- the convolution -------------------------------------------------------------------------- */

INLINE void forward_of(int m, const struct winograd *g, int n_image, const float *x, const float *w,
                       const float *bias, int add, float *y)
{
    int o = g->s->o, all = n_image * g->high, whole = g->block == o;
    if (whole)
        weight_transform(m, g, o, w);
    for (int first = 0, rows; first < all; first += rows) {
        rows = least(g->rows, all - first);
        input_transform(m, g, first, rows, x);
        for (int q = 0, width; q < o; q += width) {
            width = least(BLOCK, o - q);
            if (!whole)
                weight_transform(m, g, width, w + q);
            products(g, rows * g->wide, width, whole ? g->u + q : g->u);
            output_transform(m, g, first, rows, width, bias ? bias + q : NULL, add, y + q);
        }
    }
}

/* If all tiles are one chunk, a few channels at a time, whose u stays in the nearest cache. */
INLINE void weights_at_once(int m, const struct winograd *g, int n_image, const float *x,
                            const float *dy, float *dw)
{
    int c = g->s->c, o = g->s->o, n_row = n_image * g->high;
    input_transform(m, g, 0, n_row, x);
    for (int q = 0, width; q < o; q += width) {
        width = least(BLOCK, o - q);
        gradient_transform(m, g, 0, n_row, width, dy + q);
        int some = width == BLOCK ? LEAST_LANES : 2 * LEAST_LANES, step = some * width + LANES;
        for (int i = 0, n_c; i < c; i += n_c) {
            n_c = least(some, c - i);
            outer_products(g, n_row * g->wide, i, n_c, width, 0, g->u, step, width);
            weight_gradient(m, g, g->u, step, n_c, width, width, 0, dw + i * o + q);
        }
    }
}

INLINE void weights_of(int m, const struct winograd *g, int n_image, const float *x,
                       const float *dy, float *dw)
{
    int c = g->s->c, o = g->s->o, all = n_image * g->high, whole = g->block == o;
    int step = weight_step(g);
    if (all <= g->rows) {
        weights_at_once(m, g, n_image, x, dy, dw);
        return;
    }
    for (int first = 0, rows; first < all; first += rows) {
        rows = least(g->rows, all - first);
        input_transform(m, g, first, rows, x);
        for (int q = 0, width; q < o; q += width) {
            width = least(BLOCK, o - q);
            gradient_transform(m, g, first, rows, width, dy + q);
            outer_products(g, rows * g->wide, 0, c, width, whole && first > 0,
                           whole ? g->u + q : g->u, step, g->block);
            if (!whole)
                weight_gradient(m, g, g->u, step, c, g->block, width, first > 0, dw + q);
        }
    }
    if (whole)
        weight_gradient(m, g, g->u, step, c, g->block, o, 0, dw);
}

static void winograd_outputs(const struct conv *s, int n, const float *x, const float *w,
                             const float *bias, int add, float *y, float *work)
{
    struct winograd g = winograd_plan(s, s->coarse ? fewest(s) : 2, work);
    memset(g.zeros, 0, (size_t)(s->w * s->c) * sizeof(*g.zeros));
    if (g.m == 2)
        forward_of(2, &g, n, x, w, bias, add, y);
    else
        forward_of(4, &g, n, x, w, bias, add, y);
}

static void winograd_weights(const struct conv *s, int n, const float *x, const float *dy,
                             float *dw, float *work)
{
    struct winograd g = winograd_plan(s, fewest(s), work);
    memset(g.zeros, 0, (size_t)(s->w * s->c) * sizeof(*g.zeros));
    if (g.m == 2)
        weights_of(2, &g, n, x, dy, dw);
    else
        weights_of(4, &g, n, x, dy, dw);
}
