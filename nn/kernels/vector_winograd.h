/* vector_winograd: 3 x 3 convolutions with stride 1 by F(2 x 2, 3 x 3) (Winograd 1980; Lavin and
 * Gray 2016, "Fast algorithms for convolutional neural networks"): 16 multiplications where the
 * direct sum has 36.  Only nn/kernels/avx*.c include this, behind vector_conv.h.
 *
 *   forward   Y = A' [(G w G') * (B' d B)] A     d: 4 x 4 inputs, Y: the 2 x 2 outputs they reach
 *   weights   dw = G' [sum over tiles of (B' d B) * (A dY A')] G
 *
 * `*` is elementwise over the 16 positions of a tile, a matrix product over the channels.  The
 * factors of A and B are 0 and +-1, of G +-1/2, so rounding stays near the direct sum's.  Signs of
 * the last position are chosen so that nothing needs negating:
 *   B' = 1  0 -1  0     G =  1    0    0      A' = 1  1  1  0
 *        0  1  1  0         1/2  1/2  1/2          0  1 -1  1
 *        0 -1  1  0         1/2 -1/2  1/2
 *        0 -1  0  1          0    0    1
 * Backward by data is forward over turned weights.  Tiles run by in chunks of whole tile rows that
 * stay in cache, output channels in blocks of two vectors (the last may be one). */
#include "nn/kernels/vector.h"
#include <string.h>

enum { POSITIONS = 16, BLOCK = 2 * LANES };
enum { WEIGHTS_IN_CACHE = 1 << 18 }; /* numbers */

struct winograd {
    const struct conv *s;
    int high, wide;           /* an image in tiles */
    int rows, tiles;          /* a chunk: rows of tiles, and how many tiles they are */
    int block;                /* outputs whose weights are transformed at a time */
    float *zeros, *v, *m, *u; /* a row of zeros; transformed inputs, outputs and weights */
};

static int is_winograd(const struct conv *s)
{
    return s->k == 3 && s->stride == 1 && s->pad <= 2 && s->c % LANES == 0 && s->o % LANES == 0;
}

/* From a position to the next in v and m, (positions, tiles, width): never a power of two, which
 * would put all of them into one set of the cache. */
static int position_step(const struct winograd *g, int width)
{
    return g->tiles * width + LANES;
}

static struct winograd winograd_plan(const struct conv *s, float *work)
{
    struct winograd g = {.s = s, .high = (s->out_h + 1) / 2, .wide = (s->out_w + 1) / 2};
    int tiles = s->c <= 16 ? 32 : s->c <= 64 ? 64 : 128;
    g.rows = (tiles + g.wide - 1) / g.wide;
    g.tiles = g.rows * g.wide;
    g.block = POSITIONS * s->c * s->o <= WEIGHTS_IN_CACHE ? s->o : BLOCK;
    g.zeros = work;
    g.v = g.zeros + s->w * s->c;
    g.m = g.v + POSITIONS * position_step(&g, s->c);
    g.u = g.m + POSITIONS * position_step(&g, BLOCK);
    return g;
}

static size_t winograd_work(const struct conv *s)
{
    struct winograd g = winograd_plan(s, NULL);
    return (size_t)(s->w * s->c) + (size_t)POSITIONS * (size_t)position_step(&g, s->c) +
           (size_t)POSITIONS * (size_t)position_step(&g, BLOCK) +
           (size_t)POSITIONS * (size_t)(s->c * g.block);
}

/* --- transforms ------------------------------------------------------------------------------- */

/* B' d of column q of four rows, zeros outside the image. */
INLINE void input_column(const struct conv *s, const float *const row[4], int q, vec out[4])
{
    vec d[4] = {{0}};
    for (int i = 0; i < 4 && q >= 0 && q < s->w; i++)
        d[i] = *(const vec *)(row[i] + q * s->c);
    out[0] = d[0] - d[2], out[1] = d[1] + d[2], out[2] = d[2] - d[1], out[3] = d[3] - d[1];
}

/* B' d B of a row of tiles, one vector of channels: v[position][tile][c]. */
INLINE void input_row(const struct winograd *g, const float *const row[4], float *v)
{
    const struct conv *s = g->s;
    int step = position_step(g, s->c);
    vec a[4], b[4], c[4], d[4];
    input_column(s, row, -s->pad, a), input_column(s, row, 1 - s->pad, b);
    for (int j = 0; j < g->wide; j++, v += s->c) {
        input_column(s, row, 2 * j + 2 - s->pad, c), input_column(s, row, 2 * j + 3 - s->pad, d);
        for (int i = 0; i < 4; i++) {
            float *out = v + 4 * i * step;
            *(vec *)out = a[i] - c[i], *(vec *)(out + step) = b[i] + c[i];
            *(vec *)(out + 2 * step) = c[i] - b[i], *(vec *)(out + 3 * step) = d[i] - b[i];
            a[i] = c[i], b[i] = d[i];
        }
    }
}

/* n rows of tiles, from row `first` of the batch on. */
static void input_transform(const struct winograd *g, int first, int n, const float *x)
{
    const struct conv *s = g->s;
    for (int k = 0; k < n; k++) {
        int image = (first + k) / g->high, top = (first + k) % g->high * 2 - s->pad;
        const float *row[4];
        for (int c = 0; c < s->c; c += LANES) {
            for (int i = 0, r = top; i < 4; i++, r++)
                row[i] = r < 0 || r >= s->h
                             ? g->zeros
                             : x + (size_t)(image * s->h + r) * (size_t)(s->w * s->c) + c;
            input_row(g, row, g->v + k * g->wide * s->c + c);
        }
    }
}

/* G w G' of n outputs from w on: u[position][c][output]. */
static void weight_transform(const struct winograd *g, int n, const float *w)
{
    int c = g->s->c, o = g->s->o, step = c * g->block;
    for (int i = 0; i < c; i++)
        for (int q = 0; q < n; q += LANES) {
            vec t[4][3];
            for (int j = 0; j < 3; j++) {
                const float *in = w + (j * c + i) * o + q;
                vec a = *(const vec *)in, b = *(const vec *)(in + 3 * c * o),
                    d = *(const vec *)(in + 6 * c * o), even = 0.5f * (a + d), odd = 0.5f * b;
                t[0][j] = a, t[1][j] = even + odd, t[2][j] = even - odd, t[3][j] = d;
            }
            float *out = g->u + i * g->block + q;
            for (int k = 0; k < 4; k++, out += 4 * step) {
                vec even = 0.5f * (t[k][0] + t[k][2]), odd = 0.5f * t[k][1];
                *(vec *)out = t[k][0], *(vec *)(out + step) = even + odd;
                *(vec *)(out + 2 * step) = even - odd, *(vec *)(out + 3 * step) = t[k][2];
            }
        }
}

/* A' m A + bias of a row of tiles, one vector of outputs, to rows top and top + 1 of y. */
INLINE void output_row(const struct winograd *g, const float *m, int width, int top, vec bias,
                       int add, float *y)
{
    const struct conv *s = g->s;
    int step = position_step(g, width);
    for (int j = 0; j < g->wide; j++, m += width) {
        vec t[2][4], out[2][2];
        for (int q = 0; q < 4; q++) {
            const float *in = m + q * step;
            vec a = *(const vec *)in, b = *(const vec *)(in + 4 * step),
                c = *(const vec *)(in + 8 * step), d = *(const vec *)(in + 12 * step);
            t[0][q] = a + b + c, t[1][q] = b - c + d;
        }
        for (int r = 0; r < 2; r++) {
            out[r][0] = t[r][0] + t[r][1] + t[r][2] + bias;
            out[r][1] = t[r][1] - t[r][2] + t[r][3] + bias;
        }
        for (int r = 0; r < 2 && top + r < s->out_h; r++)
            for (int q = 0; q < 2 && 2 * j + q < s->out_w; q++) {
                vec *to = (vec *)(y + ((top + r) * s->out_w + 2 * j + q) * s->o);
                if (add)
                    out[r][q] += *to;
                *to = out[r][q];
            }
    }
}

/* A dy A' of a row of tiles, one vector of outputs: m[position][tile][output]. */
INLINE void gradient_row(const struct winograd *g, const float *dy, int top, int width, float *m)
{
    const struct conv *s = g->s;
    int step = position_step(g, width);
    for (int j = 0; j < g->wide; j++, m += width) {
        vec y[2][2] = {{{0}}}, t[4][2];
        for (int r = 0; r < 2 && top + r < s->out_h; r++)
            for (int q = 0; q < 2 && 2 * j + q < s->out_w; q++)
                y[r][q] = *(const vec *)(dy + ((top + r) * s->out_w + 2 * j + q) * s->o);
        for (int q = 0; q < 2; q++) {
            t[0][q] = y[0][q], t[1][q] = y[0][q] + y[1][q];
            t[2][q] = y[0][q] - y[1][q], t[3][q] = y[1][q];
        }
        for (int i = 0; i < 4; i++) {
            float *out = m + 4 * i * step;
            *(vec *)out = t[i][0], *(vec *)(out + step) = t[i][0] + t[i][1];
            *(vec *)(out + 2 * step) = t[i][0] - t[i][1], *(vec *)(out + 3 * step) = t[i][1];
        }
    }
}

/* G' u G of n outputs, to dw. */
static void weight_gradient(const struct winograd *g, int n, int add, float *dw)
{
    int c = g->s->c, o = g->s->o, step = c * g->block;
    for (int i = 0; i < c; i++)
        for (int q = 0; q < n; q += LANES) {
            vec t[3][4];
            for (int j = 0; j < 4; j++) {
                const float *in = g->u + i * g->block + q + j * step;
                vec a = *(const vec *)in, b = *(const vec *)(in + 4 * step),
                    d = *(const vec *)(in + 8 * step), e = *(const vec *)(in + 12 * step),
                    even = 0.5f * (b + d);
                t[0][j] = a + even, t[1][j] = 0.5f * (b - d), t[2][j] = even + e;
            }
            for (int k = 0; k < 3; k++) {
                vec even = 0.5f * (t[k][1] + t[k][2]), odd = 0.5f * (t[k][1] - t[k][2]);
                vec out[3] = {t[k][0] + even, odd, even + t[k][3]};
                for (int j = 0; j < 3; j++) {
                    vec *to = (vec *)(dw + ((3 * k + j) * c + i) * o + q);
                    if (add)
                        out[j] += *to;
                    *to = out[j];
                }
            }
        }
}

/* --- products --------------------------------------------------------------------------------- */

/* m (n, `to` vectors) = v (n, c) u (c, `to` vectors). */
INLINE void product_tile(int n, int to, int c, const float *v, const float *u, int u_step, float *m)
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
            *(vec *)(m + (t * to + b) * LANES) = sum[t][b];
}

INLINE void product(int n, int to, int c, const float *v, const float *u, int u_step, float *m)
{
    int t = 0, step = to == 1 ? 2 * TILE : TILE;
    for (; t + step <= n; t += step)
        product_tile(to == 1 ? 2 * TILE : TILE, to, c, v + t * c, u, u_step, m + t * to * LANES);
    for (; t < n; t++)
        product_tile(1, to, c, v + t * c, u, u_step, m + t * to * LANES);
}

/* u (n_c, `to` vectors) += v' m over n tiles; v (n, c), m (n, `to` vectors). */
INLINE void outer_tile(int n_c, int to, int n, int c, const float *v, const float *m, float *u,
                       int u_step)
{
    vec sum[2 * TILE][2];
#pragma GCC unroll 16
    for (int i = 0; i < n_c; i++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[i][b] = *(const vec *)(u + i * u_step + b * LANES);
    for (int t = 0; t < n; t++, v += c, m += to * LANES)
#pragma GCC unroll 16
        for (int i = 0; i < n_c; i++)
#pragma GCC unroll 2
            for (int b = 0; b < to; b++)
                sum[i][b] += v[i] * *(const vec *)(m + b * LANES);
#pragma GCC unroll 16
    for (int i = 0; i < n_c; i++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            *(vec *)(u + i * u_step + b * LANES) = sum[i][b];
}

INLINE void outer_product(int n, int to, int c, const float *v, const float *m, float *u,
                          int u_step)
{
    int i = 0;
    for (; to == 1 && i + 2 * TILE <= c; i += 2 * TILE)
        outer_tile(2 * TILE, to, n, c, v + i, m, u + i * u_step, u_step);
    for (; i < c; i += TILE)
        outer_tile(TILE, to, n, c, v + i, m, u + i * u_step, u_step);
}

/* --- the convolution -------------------------------------------------------------------------- */

/* The outputs of a chunk's n tiles, `width` of them, from u on: all positions. */
static void products(const struct winograd *g, int n, int width, const float *u)
{
    int c = g->s->c;
    for (int k = 0; k < POSITIONS; k++, u += c * g->block) {
        const float *v = g->v + k * position_step(g, c);
        float *m = g->m + k * position_step(g, width);
        if (width == BLOCK)
            product(n, 2, c, v, u, g->block, m);
        else if (c == LANES && g->block == LANES) /* constants leave registers for pointers */
            product(n, 1, LANES, v, u, LANES, m);
        else
            product(n, 1, c, v, u, g->block, m);
    }
}

static void outer_products(const struct winograd *g, int n, int width, float *u)
{
    int c = g->s->c;
    for (int k = 0; k < POSITIONS; k++, u += c * g->block) {
        const float *v = g->v + k * position_step(g, c), *m = g->m + k * position_step(g, width);
        if (width == BLOCK)
            outer_product(n, 2, c, v, m, u, g->block);
        else
            outer_product(n, 1, c, v, m, u, g->block);
    }
}

static void winograd(const struct conv *s, int n, const float *x, const float *w, const float *bias,
                     int add, float *y, float *work)
{
    struct winograd g = winograd_plan(s, work);
    int whole = g.block == s->o;
    memset(g.zeros, 0, (size_t)(s->w * s->c) * sizeof(*g.zeros));
    if (whole)
        weight_transform(&g, s->o, w);
    for (int first = 0, rows; first < n * g.high; first += rows) {
        rows = least(g.rows, n * g.high - first);
        input_transform(&g, first, rows, x);
        for (int q = 0, width; q < s->o; q += width) {
            width = least(BLOCK, s->o - q);
            if (!whole)
                weight_transform(&g, width, w + q);
            products(&g, rows * g.wide, width, whole ? g.u + q : g.u);
            for (int k = 0; k < rows * width / LANES; k++) {
                int row = k / (width / LANES), b = k % (width / LANES) * LANES;
                size_t image = (size_t)((first + row) / g.high);
                output_row(&g, g.m + row * g.wide * width + b, width, (first + row) % g.high * 2,
                           bias ? *(const vec *)(bias + q + b) : (vec){0}, add,
                           y + image * (size_t)(s->out_h * s->out_w * s->o) + q + b);
            }
        }
    }
}

static void winograd_weights(const struct conv *s, int n, const float *x, const float *dy,
                             float *dw, float *work)
{
    struct winograd g = winograd_plan(s, work);
    int whole = g.block == s->o;
    size_t size = (size_t)(POSITIONS * s->c * g.block) * sizeof(*g.u);
    memset(g.zeros, 0, (size_t)(s->w * s->c) * sizeof(*g.zeros));
    memset(g.u, 0, size);
    for (int first = 0, rows; first < n * g.high; first += rows) {
        rows = least(g.rows, n * g.high - first);
        input_transform(&g, first, rows, x);
        for (int q = 0, width; q < s->o; q += width) {
            width = least(BLOCK, s->o - q);
            for (int k = 0; k < rows * width / LANES; k++) {
                int row = k / (width / LANES), b = k % (width / LANES) * LANES;
                size_t image = (size_t)((first + row) / g.high);
                gradient_row(&g, dy + image * (size_t)(s->out_h * s->out_w * s->o) + q + b,
                             (first + row) % g.high * 2, width, g.m + row * g.wide * width + b);
            }
            outer_products(&g, rows * g.wide, width, whole ? g.u + q : g.u);
            if (!whole) {
                weight_gradient(&g, width, first > 0, dw + q);
                memset(g.u, 0, size);
            }
        }
    }
    if (whole)
        weight_gradient(&g, s->o, 0, dw);
}
