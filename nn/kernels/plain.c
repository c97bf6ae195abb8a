/* plain: the reference kernels, in C that a reader can check.  Convolutions are matrix products
 * over gathered patches (im2col).  Sums run in double, pixel after pixel. */
#include "nn/blas.h"
#include "nn/kernels/passes.h"

/* --- convolution ------------------------------------------------------------------------------ */

enum { PATCH_ROWS = 1024 }; /* output pixels gathered at a time: a product that stays in cache */

static int patch(const struct conv *s)
{
    return s->k * s->k * s->c;
}

/* How many examples are gathered at a time. */
static int chunk(const struct conv *s)
{
    int area = s->out_h * s->out_w;
    return area >= PATCH_ROWS ? 1 : PATCH_ROWS / area;
}

static size_t conv_work(const struct conv *s)
{
    size_t rows = (size_t)chunk(s) * (size_t)(s->out_h * s->out_w);
    struct conv back = {.k = s->k, .c = s->o}; /* backward by data gathers the outputs' gradient */
    size_t forward = rows * (size_t)patch(s), data = rows * (size_t)patch(&back);
    size_t weights = (size_t)patch(s) * (size_t)s->o;
    return (forward > data ? forward : data) + weights;
}

/* The part of a kernel row at horizontal position `left` that lies inside the image. */
static void clip(const struct conv *s, int left, int *from, int *to)
{
    *from = left < 0 ? -left : 0;
    *to = left + s->k > s->w ? s->w - left : s->k;
}

/* col (out_h out_w, k, k, c): the patch under each output pixel, zeros outside the image. */
static void gather(const struct conv *s, const real *x, real *col)
{
    size_t c = (size_t)s->c, row = (size_t)s->k * c;
    for (int r = 0; r < s->out_h; r++)
        for (int q = 0; q < s->out_w; q++)
            for (int i = 0; i < s->k; i++, col += row) {
                int top = r * s->stride - s->pad + i, left = q * s->stride - s->pad, from, to;
                if (top < 0 || top >= s->h) {
                    memset(col, 0, row * sizeof(real));
                    continue;
                }
                clip(s, left, &from, &to);
                memset(col, 0, (size_t)from * c * sizeof(real));
                memcpy(col + (size_t)from * c, x + (size_t)(top * s->w + left + from) * c,
                       (size_t)(to - from) * c * sizeof(real));
                memset(col + (size_t)to * c, 0, (size_t)(s->k - to) * c * sizeof(real));
            }
}

/* The transpose of gather: add each patch to the pixels it came from. */
static void scatter(const struct conv *s, const real *col, real *dx)
{
    size_t c = (size_t)s->c, row = (size_t)s->k * c;
    for (int r = 0; r < s->out_h; r++)
        for (int q = 0; q < s->out_w; q++)
            for (int i = 0; i < s->k; i++, col += row) {
                int top = r * s->stride - s->pad + i, left = q * s->stride - s->pad, from, to;
                if (top < 0 || top >= s->h)
                    continue;
                clip(s, left, &from, &to);
                real *out = dx + (size_t)(top * s->w + left + from) * c;
                const real *in = col + (size_t)from * c;
                for (size_t k = 0; k < (size_t)(to - from) * c; k++)
                    out[k] += in[k];
            }
}

/* The patches of n images as rows of one matrix: x itself where a patch is a pixel. */
static const real *patches(const struct conv *s, int n, const real *x, real *work)
{
    if (s->k == 1 && s->stride == 1)
        return x;
    size_t in = (size_t)(s->h * s->w) * (size_t)s->c;
    size_t out = (size_t)(s->out_h * s->out_w) * (size_t)patch(s);
    for (int i = 0; i < n; i++)
        gather(s, x + (size_t)i * in, work + (size_t)i * out);
    return work;
}

static void conv_forward(const struct conv *s, int n, const real *x, const real *w,
                         const real *bias, real *y, real *work)
{
    int area = s->out_h * s->out_w, step = chunk(s);
    size_t in = (size_t)(s->h * s->w) * (size_t)s->c, out = (size_t)area * (size_t)s->o;
    for (int i = 0; i < n; i += step) {
        int m = n - i < step ? n - i : step;
        real *yi = y + (size_t)i * out;
        const real *col = patches(s, m, x + (size_t)i * in, work);
        for (int q = 0; bias && q < m * area; q++)
            memcpy(yi + (size_t)q * (size_t)s->o, bias, (size_t)s->o * sizeof(real));
        gemm(0, 0, m * area, s->o, patch(s), col, patch(s), w, s->o, bias ? 1 : 0, yi, s->o);
    }
}

static void conv_backward_weights(const struct conv *s, int n, const real *x, const real *dy,
                                  real *dw, real *work)
{
    int area = s->out_h * s->out_w, step = chunk(s);
    size_t in = (size_t)(s->h * s->w) * (size_t)s->c, out = (size_t)area * (size_t)s->o;
    for (int i = 0; i < n; i += step) {
        int m = n - i < step ? n - i : step;
        const real *col = patches(s, m, x + (size_t)i * in, work);
        gemm(1, 0, patch(s), s->o, m * area, col, patch(s), dy + (size_t)i * out, s->o,
             i > 0 ? 1 : 0, dw, s->o);
    }
}

/* Stride 1: a convolution of dy with the reversed and transposed weights. */
static void backward_data_turned(const struct conv *s, int n, const real *dy, const real *w,
                                 real *dx, int add, real *work)
{
    struct conv t = conv_turned(s);
    int area = s->h * s->w, step = chunk(s), taps = s->k * s->k;
    size_t in = (size_t)area * (size_t)s->c, out = (size_t)(s->out_h * s->out_w) * (size_t)s->o;
    real *turned = work, *col = work + (size_t)patch(s) * (size_t)s->o;
    for (int k = 0; k < taps; k++)
        for (int c = 0; c < s->c; c++)
            for (int o = 0; o < s->o; o++)
                turned[((taps - 1 - k) * s->o + o) * s->c + c] = w[(k * s->c + c) * s->o + o];
    for (int i = 0; i < n; i += step) {
        int m = n - i < step ? n - i : step;
        const real *rows = patches(&t, m, dy + (size_t)i * out, col);
        gemm(0, 0, m * area, s->c, patch(&t), rows, patch(&t), turned, s->c, add ? 1 : 0,
             dx + (size_t)i * in, s->c);
    }
}

static void conv_backward_data(const struct conv *s, int n, const real *dy, const real *w, real *dx,
                               int add, real *work)
{
    if (s->stride == 1) {
        backward_data_turned(s, n, dy, w, dx, add, work);
        return;
    }
    int area = s->out_h * s->out_w, step = chunk(s);
    size_t in = (size_t)(s->h * s->w) * (size_t)s->c, out = (size_t)area * (size_t)s->o;
    if (!add)
        memset(dx, 0, (size_t)n * in * sizeof(real));
    for (int i = 0; i < n; i += step) {
        int m = n - i < step ? n - i : step;
        gemm(0, 1, m * area, patch(s), s->o, dy + (size_t)i * out, s->o, w, s->o, 0, work,
             patch(s));
        for (int q = 0; q < m; q++)
            scatter(s, work + (size_t)(q * area) * (size_t)patch(s), dx + (size_t)(i + q) * in);
    }
}

/* --- convolution over time -------------------------------------------------------------------- */

static size_t text_work(const struct text_conv *s, int n_row)
{
    return (size_t)(s->k * n_row * s->c);
}

static void text_forward(const struct text_conv *s, int n, int n_row, const real *x,
                         const int32_t *row, const real *w, const real *bias, real *y, real *at,
                         real *work)
{
    for (int k = 0; k < s->k; k++) /* the rows' parts: work (k, n_row, c) */
        gemm(0, 1, n_row, s->c, s->e, x, s->e, w + k * s->e, s->k * s->e, 0,
             work + k * n_row * s->c, s->c);
    for (int i = 0; i < n; i++, row += s->l, y += s->c, at += s->c)
        for (int o = 0; o < s->c; o++) {
            real most = -INFINITY;
            at[o] = 0;
            for (int t = 0; t < text_n_window(s); t++) {
                real sum = 0;
                for (int k = 0; k < s->k; k++)
                    sum += work[(k * n_row + row[t + k]) * s->c + o];
                if (!(most >= sum || isnan(most)))
                    most = sum, at[o] = (real)t;
            }
            y[o] = positive(most + bias[o]);
        }
}

/* --- sums and factors per channel ------------------------------------------------------------- */

static void moments(size_t n_pixel, int c, const real *x, double *sum, double *square)
{
    memset(sum, 0, (size_t)c * sizeof(*sum)), memset(square, 0, (size_t)c * sizeof(*square));
    for (size_t p = 0; p < n_pixel; p++, x += c)
        for (int k = 0; k < c; k++) {
            double v = (double)x[k];
            sum[k] += v, square[k] += v * v;
        }
}

static void column_sums(size_t n_pixel, int c, const real *dy, real *sum)
{
    for (int k = 0; k < c; k++) {
        double s = 0;
        for (size_t p = 0; p < n_pixel; p++)
            s += (double)dy[p * (size_t)c + (size_t)k];
        sum[k] = (real)s;
    }
}

static void dots(size_t n_pixel, int c, const real *gate, real *dy, const real *x, double *sum,
                 double *dot)
{
    if (gate)
        relu_backward(n_pixel * (size_t)c, gate, dy);
    memset(sum, 0, (size_t)c * sizeof(*sum)), memset(dot, 0, (size_t)c * sizeof(*dot));
    for (size_t p = 0; p < n_pixel; p++, x += c, dy += c)
        for (int k = 0; k < c; k++) {
            double g = (double)dy[k];
            sum[k] += g, dot[k] += g * (double)x[k];
        }
}

static void scale_shift(size_t n_pixel, int c, const real *x, const real *scale, const real *shift,
                        const real *residual, int relu, real *y)
{
    for (size_t p = 0; p < n_pixel; p++, x += c, y += c) {
        if (residual)
            for (int k = 0; k < c; k++)
                y[k] = x[k] * scale[k] + shift[k] + residual[k];
        else
            for (int k = 0; k < c; k++)
                y[k] = x[k] * scale[k] + shift[k];
        if (relu)
            relu_forward((size_t)c, y);
        residual = residual ? residual + c : NULL;
    }
}

static void combine(size_t n_pixel, int c, const real *dy, const real *x, const real *a,
                    const real *b, const real *d, int add, real *dx)
{
    for (size_t p = 0; p < n_pixel; p++, x += c, dy += c, dx += c)
        for (int k = 0; k < c; k++) {
            real v = dy[k] * a[k] + x[k] * b[k] + d[k];
            dx[k] = add ? dx[k] + v : v;
        }
}

static void swish_backward(size_t n_pixel, int c, const real *dy, const real *x,
                           const real *sigmoid, const real *a, const real *b, const real *d,
                           int add, real *dx)
{
    for (size_t p = 0; p < n_pixel; p++, x += c, dy += c, sigmoid += c, dx += c)
        for (int k = 0; k < c; k++) {
            real s = sigmoid[k], slope = s * (1 + x[k] * (1 - s));
            real v = dy[k] * a[k] * slope + x[k] * b[k] + d[k];
            dx[k] = add ? dx[k] + v : v;
        }
}

static void swish_forward(size_t n_pixel, int c, const real *x, const real *scale,
                          const real *shift, real *sigmoid, real *y)
{
    for (size_t p = 0; p < n_pixel; p++, x += c, y += c, sigmoid += c)
        for (int k = 0; k < c; k++) {
            sigmoid[k] = (real)1 / ((real)1 + (real)exp(-(double)x[k]));
            y[k] = x[k] * sigmoid[k] * scale[k] + shift[k];
        }
}

static void swish_dots(size_t n_pixel, int c, const real *dy, const real *x, const real *sigmoid,
                       double *sum, double *dot)
{
    memset(sum, 0, (size_t)c * sizeof(*sum)), memset(dot, 0, (size_t)c * sizeof(*dot));
    for (size_t p = 0; p < n_pixel; p++, x += c, dy += c, sigmoid += c)
        for (int k = 0; k < c; k++) {
            double g = (double)dy[k];
            sum[k] += g, dot[k] += g * (double)x[k] * (double)sigmoid[k];
        }
}

const struct kernels kernels_plain = KERNEL_TABLE("plain");
