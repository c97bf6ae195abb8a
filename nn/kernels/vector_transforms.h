/* vector_transforms: the transforms of Winograd's algorithm (vector_winograd.h) for m = 2 and 4: of
 * one dimension, and of rows of tiles. */
#pragma once
#include "nn/kernels/vector.h"

enum { MAX_M = 4, MAX_N = 6 };

struct winograd {
    const struct conv *s;
    int m, n;                 /* m x m outputs and n x n inputs per tile */
    int high, wide;           /* size of an image in tiles */
    int rows, tiles;          /* size of a chunk in rows of tiles, and in tiles */
    int block;                /* outputs whose weights are transformed at a time */
    float *zeros, *v, *y, *u; /* a row of zeros; transformed inputs, outputs and weights */
};

/* Distances from one position to the next in v and y, (n n, tiles, width), and in u, (n n, c,
 * block): never a power of two, which would map all positions to one set of the cache. */
static int position_step(const struct winograd *g, int width)
{
    return g->tiles * width + LANES;
}
static int weight_step(const struct winograd *g)
{
    return g->s->c * g->block + LANES;
}

/* --- transforms of one dimension -------------------------------------------------------------- */

/* The points of m = 4: +-P and +-Q. */
#define P  0.75f
#define Q  1.5f
#define P2 (P * P)
#define Q2 (Q * Q)

/* B' d: n numbers to n. */
INLINE void to_inputs(int m, const vec *d, vec *out)
{
    if (m == 2) {
        out[0] = d[0] - d[2], out[1] = d[1] + d[2], out[2] = d[2] - d[1], out[3] = d[3] - d[1];
        return;
    }
    vec even_p = d[4] - Q2 * d[2], odd_p = P * (d[3] - Q2 * d[1]);
    vec even_q = d[4] - P2 * d[2], odd_q = Q * (d[3] - P2 * d[1]);
    out[0] = P2 * Q2 * d[0] - (P2 + Q2) * d[2] + d[4];
    out[1] = even_p + odd_p, out[2] = even_p - odd_p;
    out[3] = even_q + odd_q, out[4] = even_q - odd_q;
    out[5] = P2 * Q2 * d[1] - (P2 + Q2) * d[3] + d[5];
}

/* G w: 3 numbers to n. */
INLINE void to_weights(int m, const vec *w, vec *out)
{
    if (m == 2) {
        vec even = 0.5f * (w[0] + w[2]), odd = 0.5f * w[1];
        out[0] = w[0], out[1] = even + odd, out[2] = even - odd, out[3] = w[2];
        return;
    }
    const float p = 1 / (2 * P2 * (P2 - Q2)), q = 1 / (2 * Q2 * (Q2 - P2));
    vec even_p = p * (w[0] + P2 * w[2]), odd_p = p * P * w[1];
    vec even_q = q * (w[0] + Q2 * w[2]), odd_q = q * Q * w[1];
    out[0] = 1 / (P2 * Q2) * w[0];
    out[1] = even_p + odd_p, out[2] = even_p - odd_p;
    out[3] = even_q + odd_q, out[4] = even_q - odd_q;
    out[5] = w[2];
}

/* G' u: n numbers to 3. */
INLINE void from_weights(int m, const vec *u, vec *out)
{
    if (m == 2) {
        vec even = 0.5f * (u[1] + u[2]);
        out[0] = u[0] + even, out[1] = 0.5f * (u[1] - u[2]), out[2] = even + u[3];
        return;
    }
    const float p = 1 / (2 * P2 * (P2 - Q2)), q = 1 / (2 * Q2 * (Q2 - P2));
    vec even_p = p * (u[1] + u[2]), odd_p = p * P * (u[1] - u[2]);
    vec even_q = q * (u[3] + u[4]), odd_q = q * Q * (u[3] - u[4]);
    out[0] = 1 / (P2 * Q2) * u[0] + even_p + even_q;
    out[1] = odd_p + odd_q;
    out[2] = P2 * even_p + Q2 * even_q + u[5];
}

/* A' y: n numbers to m. */
INLINE void from_outputs(int m, const vec *y, vec *out)
{
    if (m == 2) {
        out[0] = y[0] + y[1] + y[2], out[1] = y[1] - y[2] + y[3];
        return;
    }
    vec even_p = y[1] + y[2], odd_p = P * (y[1] - y[2]);
    vec even_q = y[3] + y[4], odd_q = Q * (y[3] - y[4]);
    out[0] = y[0] + even_p + even_q, out[1] = odd_p + odd_q;
    out[2] = P2 * even_p + Q2 * even_q, out[3] = P2 * odd_p + Q2 * odd_q + y[5];
}

/* A y: m numbers to n. */
INLINE void to_outputs(int m, const vec *y, vec *out)
{
    if (m == 2) {
        out[0] = y[0], out[1] = y[0] + y[1], out[2] = y[0] - y[1], out[3] = y[1];
        return;
    }
    vec even_p = y[0] + P2 * y[2], odd_p = P * (y[1] + P2 * y[3]);
    vec even_q = y[0] + Q2 * y[2], odd_q = Q * (y[1] + Q2 * y[3]);
    out[0] = y[0], out[5] = y[3];
    out[1] = even_p + odd_p, out[2] = even_p - odd_p;
    out[3] = even_q + odd_q, out[4] = even_q - odd_q;
}
#undef P
#undef Q
#undef P2
#undef Q2

/* --- transforms of tiles ---------------------------------------------------------------------- */

/* A row of tiles, one vector of channels: v[position][tile][c].  The last two columns of a tile are
 * the first two of the next, so each column is transformed once. */
INLINE void input_row(int m, const struct winograd *g, const float *const *row, float *v)
{
    const struct conv *s = g->s;
    int n = m + 2, step = position_step(g, s->c);
    vec t[MAX_N][MAX_N], out[MAX_N];
    for (int j = 0; j < g->wide; j++, v += s->c) {
        int from = j == 0 ? 0 : 2;
#pragma GCC unroll 6
        for (int q = 0; q < n; q++) {
            int at = m * j + q - s->pad;
            vec d[MAX_N];
            if (q < from)
                continue;
#pragma GCC unroll 6
            for (int i = 0; i < n; i++)
                d[i] = at >= 0 && at < s->w ? *(const vec *)(row[i] + at * s->c) : (vec){0};
            to_inputs(m, d, t[q]);
        }
#pragma GCC unroll 6
        for (int i = 0; i < n; i++) {
            vec d[MAX_N];
#pragma GCC unroll 6
            for (int q = 0; q < n; q++)
                d[q] = t[q][i];
            to_inputs(m, d, out);
#pragma GCC unroll 6
            for (int q = 0; q < n; q++)
                *(vec *)(v + (n * i + q) * step) = out[q];
            t[0][i] = t[m][i], t[1][i] = t[m + 1][i];
        }
    }
}

/* n_row rows of tiles, from row `first` of the batch on. */
INLINE void input_transform(int m, const struct winograd *g, int first, int n_row, const float *x)
{
    const struct conv *s = g->s;
    for (int k = 0; k < n_row; k++) {
        int image = (first + k) / g->high, top = (first + k) % g->high * m - s->pad;
        const float *row[MAX_N];
        for (int c = 0; c < s->c; c += LANES) {
            for (int i = 0, r = top; i < m + 2; i++, r++)
                row[i] = r < 0 || r >= s->h
                             ? g->zeros
                             : x + (size_t)(image * s->h + r) * (size_t)(s->w * s->c) + c;
            input_row(m, g, row, g->v + k * g->wide * s->c + c);
        }
    }
}

/* n_out outputs from w on: u[position][c][output]. */
INLINE void weight_transform(int m, const struct winograd *g, int n_out, const float *w)
{
    int c = g->s->c, o = g->s->o, n = m + 2, step = weight_step(g);
    for (int i = 0; i < c; i++)
        for (int q = 0; q < n_out; q += LANES) {
            vec t[3][MAX_N];
#pragma GCC unroll 6
            for (int j = 0; j < 3; j++) {
                vec d[3];
                for (int k = 0; k < 3; k++)
                    d[k] = *(const vec *)(w + ((3 * k + j) * c + i) * o + q);
                to_weights(m, d, t[j]);
            }
            float *to = g->u + i * g->block + q;
#pragma GCC unroll 6
            for (int k = 0; k < n; k++) {
                vec d[3] = {t[0][k], t[1][k], t[2][k]}, out[MAX_N];
                to_weights(m, d, out);
#pragma GCC unroll 6
                for (int j = 0; j < n; j++)
                    *(vec *)(to + (n * k + j) * step) = out[j];
            }
        }
}

/* dw from u (n n, `step` apart; n_c channels, `row` apart; n_out outputs). */
INLINE void weight_gradient(int m, const struct winograd *g, const float *u, int step, int n_c,
                            int row, int n_out, int add, float *dw)
{
    int c = g->s->c, o = g->s->o, n = m + 2;
    for (int i = 0; i < n_c; i++)
        for (int q = 0; q < n_out; q += LANES) {
            const float *from = u + i * row + q;
            vec t[MAX_N][3];
#pragma GCC unroll 6
            for (int j = 0; j < n; j++) {
                vec d[MAX_N];
#pragma GCC unroll 6
                for (int k = 0; k < n; k++)
                    d[k] = *(const vec *)(from + (n * k + j) * step);
                from_weights(m, d, t[j]);
            }
            for (int k = 0; k < 3; k++) {
                vec d[MAX_N], out[3];
#pragma GCC unroll 6
                for (int j = 0; j < n; j++)
                    d[j] = t[j][k];
                from_weights(m, d, out);
                for (int j = 0; j < 3; j++) {
                    vec *to = (vec *)(dw + ((3 * k + j) * c + i) * o + q);
                    if (add)
                        out[j] += *to;
                    *to = out[j];
                }
            }
        }
}

/* A row of tiles, one vector of outputs, plus bias, written to rows top, top + 1, ... of y. */
INLINE void output_row(int m, const struct winograd *g, const float *from, int width, int top,
                       vec bias, int add, float *y)
{
    const struct conv *s = g->s;
    int n = m + 2, step = position_step(g, width);
    for (int j = 0; j < g->wide; j++, from += width) {
        vec t[MAX_N][MAX_M];
#pragma GCC unroll 6
        for (int q = 0; q < n; q++) {
            vec d[MAX_N];
#pragma GCC unroll 6
            for (int i = 0; i < n; i++)
                d[i] = *(const vec *)(from + (n * i + q) * step);
            from_outputs(m, d, t[q]);
        }
#pragma GCC unroll 6
        for (int r = 0; r < m; r++) {
            vec d[MAX_N], out[MAX_M];
            if (top + r >= s->out_h)
                break;
#pragma GCC unroll 6
            for (int q = 0; q < n; q++)
                d[q] = t[q][r];
            from_outputs(m, d, out);
            float *to = y + ((top + r) * s->out_w + m * j) * s->o;
#pragma GCC unroll 6
            for (int q = 0; q < m; q++) {
                if (m * j + q >= s->out_w)
                    break;
                vec *at = (vec *)(to + q * s->o);
                vec sum = out[q] + bias;
                if (add)
                    sum += *at;
                *at = sum;
            }
        }
    }
}

/* A row of tiles of dy, one vector of outputs: to[position][tile][output]. */
INLINE void gradient_row(int m, const struct winograd *g, const float *dy, int top, int width,
                         float *to)
{
    const struct conv *s = g->s;
    int n = m + 2, step = position_step(g, width);
    for (int j = 0; j < g->wide; j++, to += width) {
        vec t[MAX_M][MAX_N];
#pragma GCC unroll 6
        for (int q = 0; q < m; q++) {
            vec d[MAX_M];
#pragma GCC unroll 6
            for (int r = 0; r < m; r++)
                d[r] = top + r < s->out_h && m * j + q < s->out_w
                           ? *(const vec *)(dy + ((top + r) * s->out_w + m * j + q) * s->o)
                           : (vec){0};
            to_outputs(m, d, t[q]);
        }
#pragma GCC unroll 6
        for (int i = 0; i < n; i++) {
            vec d[MAX_M], out[MAX_N];
#pragma GCC unroll 6
            for (int q = 0; q < m; q++)
                d[q] = t[q][i];
            to_outputs(m, d, out);
#pragma GCC unroll 6
            for (int q = 0; q < n; q++)
                *(vec *)(to + (n * i + q) * step) = out[q];
        }
    }
}

/* Rows of tiles `first` to first + n_row of the batch, `width` outputs from y on. */
INLINE void output_transform(int m, const struct winograd *g, int first, int n_row, int width,
                             const float *bias, int add, float *y)
{
    const struct conv *s = g->s;
    for (int k = 0; k < n_row; k++) {
        float *image = y + (size_t)((first + k) / g->high) * (size_t)(s->out_h * s->out_w * s->o);
        for (int b = 0; b < width; b += LANES)
            output_row(m, g, g->y + k * g->wide * width + b, width, (first + k) % g->high * m,
                       bias ? *(const vec *)(bias + b) : (vec){0}, add, image + b);
    }
}

INLINE void gradient_transform(int m, const struct winograd *g, int first, int n_row, int width,
                               const float *dy)
{
    const struct conv *s = g->s;
    for (int k = 0; k < n_row; k++) {
        const float *image =
            dy + (size_t)((first + k) / g->high) * (size_t)(s->out_h * s->out_w * s->o);
        for (int b = 0; b < width; b += LANES)
            gradient_row(m, g, image + b, (first + k) % g->high * m, width,
                         g->y + k * g->wide * width + b);
    }
}
