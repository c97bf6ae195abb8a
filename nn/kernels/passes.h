/* passes: the loops that a compiler vectorises by itself.  Each set of kernels includes this file,
 * so that they are compiled for its instructions; nothing outside nn/kernels/ includes it. */
#ifndef NN_KERNELS_PASSES_H
#define NN_KERNELS_PASSES_H
#include "core/core.h"
#include "nn/kernels/kernels.h"
#include <math.h>
#include <string.h>

/* 0 * NaN stays NaN: divergence must show.  The product is taken in both cases: in one branch alone
 * it would keep the compiler from vectorising. */
static inline real positive(real v)
{
    real zero = 0 * v;
    return v > 0 ? v : zero;
}

static void relu_forward(size_t n, real *y)
{
    for (size_t i = 0; i < n; i++)
        y[i] = positive(y[i]);
}

/* --- activations, pooling, loss --------------------------------------------------------------- */

static void relu_backward(size_t n, const real *y, real *dy)
{
    for (size_t i = 0; i < n; i++)
        dy[i] = y[i] > 0 ? dy[i] : 0;
}

static void add_arrays(size_t n, const real *a, const real *b, real *y)
{
    for (size_t i = 0; i < n; i++)
        y[i] = a[i] + b[i];
}

static void copy(size_t n, const real *from, int add, real *to)
{
    for (size_t i = 0; i < n; i++)
        to[i] = add ? to[i] + from[i] : from[i];
}

static void max_pool_forward(int n, int h, int w, int c, const real *x, real *y)
{
    size_t row = (size_t)w * (size_t)c;
    for (int r = 0; r < n * h / 2; r++, x += 2 * row)
        for (int q = 0; q < w / 2; q++, y += c)
            for (int k = 0; k < c; k++) {
                const real *v = x + 2 * q * c + k;
                real a = v[c] > v[0] ? v[c] : v[0], b = v[row + c] > v[row] ? v[row + c] : v[row];
                y[k] = b > a ? b : a;
            }
}

/* A 2 x 2 square of pixels: two rows of 2 c numbers.  It has no branches, so that the compiler
 * vectorises it. */
static inline void pool_backward_square(int c, const real *restrict above,
                                        const real *restrict below, const real *restrict dy,
                                        real *restrict d_above, real *restrict d_below)
{
    for (int k = 0; k < c; k++) {
        real a = above[k], b = above[c + k], d = below[k], e = below[c + k], g = dy[k];
        real ab = b > a ? b : a, de = e > d ? e : d, most = de > ab ? de : ab;
        real ga = a == most ? g : 0, left = a == most ? 0 : g;
        real gb = b == most ? left : 0, after = b == most ? 0 : left;
        real gd = d == most ? after : 0, ge = d == most ? 0 : after;
        d_above[k] = ga, d_above[c + k] = gb, d_below[k] = gd, d_below[c + k] = ge;
    }
}

static void max_pool_backward(int n, int h, int w, int c, const real *x, const real *dy, real *dx)
{
    size_t row = (size_t)w * (size_t)c;
    for (int r = 0; r < n * h / 2; r++, x += 2 * row, dx += 2 * row)
        for (int q = 0; q < w / 2; q++, dy += c) {
            const real *above = x + 2 * q * c;
            real *d_above = dx + 2 * q * c;
            if (c == 8) /* a constant: vectors of 8 are used, not one number at a time */
                pool_backward_square(8, above, above + row, dy, d_above, d_above + row);
            else
                pool_backward_square(c, above, above + row, dy, d_above, d_above + row);
        }
}

/* Add one window's contribution to both gradients: g times the other factor. */
static inline void text_window(size_t n, real g, const real *restrict x, const real *restrict w,
                               real *restrict dw, real *restrict dx)
{
    for (size_t j = 0; j < n; j++)
        dw[j] += g * x[j], dx[j] += g * w[j];
}

static void text_backward(const struct text_conv *s, int n, const real *x, const real *w,
                          const real *at, const real *dy, real *dw, real *dx, int add)
{
    size_t e = (size_t)s->e, length = (size_t)s->k * e, size = (size_t)s->l * e;
    memset(dw, 0, (size_t)s->c * length * sizeof(*dw));
    if (!add)
        memset(dx, 0, (size_t)n * size * sizeof(*dx));
    for (int i = 0; i < n; i++, x += size, dx += size, at += s->c, dy += s->c)
        for (int o = 0; o < s->c; o++) {
            size_t from = (size_t)at[o] * e, row = (size_t)o * length;
            text_window(length, dy[o], x + from, w + row, dw + row, dx + from);
        }
}

static void mean_forward(int n, int area, int c, const real *x, real *y)
{
    for (int i = 0; i < n; i++, x += area * c, y += c)
        for (int k = 0; k < c; k++) {
            double s = 0;
            for (int p = 0; p < area; p++)
                s += (double)x[p * c + k];
            y[k] = (real)(s / area);
        }
}

static void mean_backward(int n, int area, int c, const real *dy, real *dx)
{
    for (int i = 0; i < n; i++, dy += c)
        for (int p = 0; p < area; p++, dx += c)
            for (int k = 0; k < c; k++)
                dx[k] = dy[k] / (real)area;
}

static double cross_entropy(int n, int c, const real *logits, const int32_t *y, int n_mean,
                            real *d_logits, int *n_right)
{
    double total = 0;
    *n_right = 0;
    for (int i = 0; i < n; i++, logits += c) {
        CHECK(y[i] >= 0 && y[i] < c);
        int best = 0;
        for (int k = 1; k < c; k++)
            best = logits[k] > logits[best] ? k : best;
        double top = (double)logits[best], sum = 0;
        for (int k = 0; k < c; k++)
            sum += exp((double)logits[k] - top);
        total += log(sum) + top - (double)logits[y[i]];
        *n_right += best == y[i];
        for (int k = 0; d_logits && k < c; k++)
            *d_logits++ = (real)((exp((double)logits[k] - top) / sum - (k == y[i])) / n_mean);
    }
    return total;
}

/* The table of a set, made of the functions with these names. */
#define KERNEL_TABLE(set)                                                                          \
    {                                                                                              \
        .name = set, .conv_work = conv_work, .conv_forward = conv_forward,                         \
        .conv_backward_weights = conv_backward_weights, .conv_backward_data = conv_backward_data,  \
        .moments = moments, .dots = dots, .column_sums = column_sums, .scale_shift = scale_shift,  \
        .combine = combine, .swish_forward = swish_forward, .swish_dots = swish_dots,              \
        .swish_backward = swish_backward, .relu_forward = relu_forward,                            \
        .relu_backward = relu_backward, .add = add_arrays, .copy = copy,                           \
        .max_pool_forward = max_pool_forward, .max_pool_backward = max_pool_backward,              \
        .text_work = text_work, .text_forward = text_forward, .text_backward = text_backward,      \
        .mean_forward = mean_forward, .mean_backward = mean_backward,                              \
        .cross_entropy = cross_entropy                                                             \
    }
#endif
