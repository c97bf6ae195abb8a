/* vector_norm: passes over channels for any vector length; only nn/kernels/avx*.c include this,
 * after defining LANES.  They process one vector of channels at a time, so that its factors stay in
 * registers.  Short stretches of pixels are summed in float, and the stretches' sums in double. */
#include "nn/kernels/vector.h"
#include <string.h>

/* STRETCH pixels are few enough to be summed in float.  SUMS pixels are summed side by side, so
 * that no addition waits for the last one. */
enum { STRETCH = 64, SUMS = 4 };

/* Load, or store, n <= LANES floats (a load fills the rest with zeros); whole vectors at once. */
INLINE vec load(const float *from, int n)
{
    vec v = {0};
    if (n == LANES)
        return *(const vec *)from;
    memcpy(&v, from, (size_t)n * sizeof(float));
    return v;
}

INLINE void store(vec v, float *to, int n)
{
    memcpy(to, &v, (size_t)n * sizeof(float));
}

INLINE void flush(const vec v[SUMS], int n, double *sum)
{
    vec all = (v[0] + v[1]) + (v[2] + v[3]);
    for (int k = 0; k < n; k++)
        sum[k] += (double)all[k];
}

/* Do `call` for every vector of the c channels; k is its first channel and n their number, which is
 * the constant LANES for all but the last vector. */
#define FOR_CHANNELS(c, call)                                                                      \
    for (int k = 0; k < (c); k += LANES)                                                           \
        if (k + LANES <= (c)) {                                                                    \
            const int n = LANES;                                                                   \
            call;                                                                                  \
        } else {                                                                                   \
            const int n = (c)-k;                                                                   \
            call;                                                                                  \
        }

/* Zero where gate is not above 0. */
INLINE vec gated(vec v, vec gate)
{
    return (vec)((mask)v & (gate > 0));
}

/* Zero where v is not above 0, but NaN stays NaN: divergence must show. */
INLINE vec positive_of(vec v)
{
    return (vec)((mask)v & ~(v <= 0));
}

/* sum a and sum a b of n channels, for b = x or b = x sigmoid; a is gated first. */
INLINE void sums(size_t n_pixel, int c, int n, const float *gate, float *a, const float *x,
                 const float *sigmoid, double *sum, double *dot)
{
    memset(sum, 0, (size_t)n * sizeof(*sum)), memset(dot, 0, (size_t)n * sizeof(*dot));
    for (size_t p = 0; p < n_pixel; p += STRETCH) {
        size_t end = n_pixel - p < STRETCH ? n_pixel : p + STRETCH;
        vec s[SUMS] = {{0}}, d[SUMS] = {{0}};
        for (size_t q = p; q < end; q += SUMS)
#pragma GCC unroll 4
            for (size_t u = 0; u < SUMS; u++) {
                size_t at = (q + u) * (size_t)c;
                if (q + u >= end)
                    break;
                vec va = load(a + at, n), vx = load(x + at, n);
                if (gate) {
                    va = gated(va, load(gate + at, n));
                    store(va, a + at, n);
                }
                s[u] += va;
                d[u] += sigmoid ? va * vx * load(sigmoid + at, n) : va * vx;
            }
        flush(s, n, sum);
        flush(d, n, dot);
    }
}

/* sum x and sum x^2 of n channels, computed from the differences to the first pixel, so that float
 * sums keep a small variance around a large mean. */
INLINE void moments_of(size_t n_pixel, int c, int n, const float *x, double *sum, double *square)
{
    vec first = load(x, n);
    double s[LANES] = {0}, d[LANES] = {0};
    for (size_t p = 0; p < n_pixel; p += STRETCH) {
        size_t end = n_pixel - p < STRETCH ? n_pixel : p + STRETCH;
        vec vs[SUMS] = {{0}}, vd[SUMS] = {{0}};
        for (size_t q = p; q < end; q += SUMS)
#pragma GCC unroll 4
            for (size_t u = 0; u < SUMS; u++) {
                if (q + u >= end)
                    break;
                vec v = load(x + (q + u) * (size_t)c, n) - first;
                vs[u] += v, vd[u] += v * v;
            }
        flush(vs, n, s);
        flush(vd, n, d);
    }
    for (int k = 0; k < n; k++) {
        double f = (double)first[k];
        sum[k] = s[k] + (double)n_pixel * f;
        square[k] = d[k] + 2 * f * s[k] + (double)n_pixel * f * f;
    }
}

static void moments(size_t n_pixel, int c, const float *x, double *sum, double *square)
{
    FOR_CHANNELS(c, moments_of(n_pixel, c, n, x + k, sum + k, square + k))
}

static void column_sums(size_t n_pixel, int c, const float *dy, float *sum)
{
    if (c % LANES != 0) {
        REST.column_sums(n_pixel, c, dy, sum);
        return;
    }
    for (int k = 0; k < c; k += LANES) {
        double s[LANES] = {0};
        for (size_t p = 0; p < n_pixel; p += STRETCH) {
            size_t end = n_pixel - p < STRETCH ? n_pixel : p + STRETCH;
            vec v[SUMS] = {{0}};
            for (size_t q = p; q < end; q += SUMS)
#pragma GCC unroll 4
                for (size_t u = 0; u < SUMS; u++)
                    if (q + u < end)
                        v[u] += *(const vec *)(dy + (q + u) * (size_t)c + k);
            flush(v, LANES, s);
        }
        for (int i = 0; i < LANES; i++)
            sum[k + i] = (float)s[i];
    }
}

static void dots(size_t n_pixel, int c, const float *gate, float *dy, const float *x, double *sum,
                 double *dot)
{
    if (gate)
        FOR_CHANNELS(c, sums(n_pixel, c, n, gate + k, dy + k, x + k, NULL, sum + k, dot + k))
    else
        FOR_CHANNELS(c, sums(n_pixel, c, n, NULL, dy + k, x + k, NULL, sum + k, dot + k))
}

static void swish_dots(size_t n_pixel, int c, const float *dy, const float *x, const float *sigmoid,
                       double *sum, double *dot)
{
    float *a = (float *)dy; /* not gated: not written */
    FOR_CHANNELS(c, sums(n_pixel, c, n, NULL, a + k, x + k, sigmoid + k, sum + k, dot + k))
}

INLINE void scale_shift_of(size_t n_pixel, int c, int n, const float *x, const float *scale,
                           const float *shift, const float *residual, int relu, float *y)
{
    vec a = load(scale, n), b = load(shift, n);
    for (size_t p = 0; p < n_pixel; p++) {
        size_t at = p * (size_t)c;
        vec v = load(x + at, n) * a + b;
        if (residual)
            v += load(residual + at, n);
        store(relu ? positive_of(v) : v, y + at, n);
    }
}

static void scale_shift(size_t n_pixel, int c, const float *x, const float *scale,
                        const float *shift, const float *residual, int relu, float *y)
{
    if (residual)
        FOR_CHANNELS(c, scale_shift_of(n_pixel, c, n, x + k, scale + k, shift + k, residual + k,
                                       relu, y + k))
    else
        FOR_CHANNELS(c,
                     scale_shift_of(n_pixel, c, n, x + k, scale + k, shift + k, NULL, relu, y + k))
}

/* dx = dy a + x b + d; with slopes, dy is first multiplied by sigmoid (1 + x (1 - sigmoid)). */
INLINE void combine_of(size_t n_pixel, int c, int n, const float *dy, const float *x,
                       const float *sigmoid, const float *a, const float *b, const float *d,
                       int add, float *dx)
{
    vec va = load(a, n), vb = load(b, n), vd = load(d, n);
    for (size_t p = 0; p < n_pixel; p++) {
        size_t at = p * (size_t)c;
        vec g = load(dy + at, n) * va, vx = load(x + at, n);
        if (sigmoid) {
            vec s = load(sigmoid + at, n);
            g *= s * (1 + vx * (1 - s));
        }
        vec v = g + vx * vb + vd;
        if (add)
            v += load(dx + at, n);
        store(v, dx + at, n);
    }
}

static void combine(size_t n_pixel, int c, const float *dy, const float *x, const float *a,
                    const float *b, const float *d, int add, float *dx)
{
    FOR_CHANNELS(c,
                 combine_of(n_pixel, c, n, dy + k, x + k, NULL, a + k, b + k, d + k, add, dx + k))
}

static void swish_backward(size_t n_pixel, int c, const float *dy, const float *x,
                           const float *sigmoid, const float *a, const float *b, const float *d,
                           int add, float *dx){
    FOR_CHANNELS(c, combine_of(n_pixel, c, n, dy + k, x + k, sigmoid + k, a + k, b + k, d + k, add,
                               dx + k))}

/* e^x for x in [-87, 88], to 2 units in the last place: x = n ln 2 + r, a polynomial (the Taylor
 * series to r^7) for e^r on |r| <= ln 2 / 2, and n added to the exponent.  NaN stays NaN. */
INLINE vec exponential(vec x)
{
    const vec low = (vec){0} - 87, high = (vec){0} + 88, round = (vec){0} + 12582912; /* 1.5 2^23 */
    x = (vec)(((mask)x & ~(x < low)) | ((mask)low & (x < low)));
    x = (vec)(((mask)x & ~(x > high)) | ((mask)high & (x > high)));
    vec n = x * 1.44269504f + round - round; /* the nearest whole number */
    vec r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    vec p =
        1 + r * (1 + r * (0.5f + r * (1 / 6.f +
                                      r * (1 / 24.f +
                                           r * (1 / 120.f + r * (1 / 720.f + r * (1 / 5040.f)))))));
    mask power = (__builtin_convertvector(n, mask) + 127) << 23;
    return p * (vec)power;
}

INLINE void swish_forward_of(size_t n_pixel, int c, int n, const float *x, const float *scale,
                             const float *shift, float *sigmoid, float *y)
{
    vec a = load(scale, n), b = load(shift, n);
    for (size_t p = 0; p < n_pixel; p++) {
        size_t at = p * (size_t)c;
        vec v = load(x + at, n), s = 1 / (1 + exponential(-v));
        store(s, sigmoid + at, n);
        store(v * s * a + b, y + at, n);
    }
}

static void swish_forward(size_t n_pixel, int c, const float *x, const float *scale,
                          const float *shift, float *sigmoid, float *y)
{
    FOR_CHANNELS(c,
                 swish_forward_of(n_pixel, c, n, x + k, scale + k, shift + k, sigmoid + k, y + k))
}
