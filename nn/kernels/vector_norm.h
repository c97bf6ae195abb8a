/* vector_norm: sums per channel and EvoNorm's loops for any vector length; only nn/kernels/avx*.c
 * include this, after defining LANES.  Sums run in float over short stretches of pixels, in a
 * vector of channels, and the stretches' sums in double. */
#include "nn/kernels/kernels.h"
#include <math.h>
#include <string.h>

typedef int mask __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

enum { STRETCH = 64 }; /* pixels: float sums of so few lose nothing that matters */

/* Load at most LANES floats, zeros behind; a whole vector wherever there is one. */
INLINE vec load(const float *from, int n)
{
    vec v = {0};
    if (n == LANES)
        return *(const vec *)from;
    memcpy(&v, from, (size_t)n * sizeof(float));
    return v;
}

INLINE void flush(vec v, int n, double *sum)
{
    for (int k = 0; k < n; k++)
        sum[k] += (double)v[k];
}

/* Zero where gate is not above 0. */
INLINE vec gated(vec v, vec gate)
{
    return (vec)((mask)v & (gate > 0));
}

/* sum a and sum a b of n channels, for b = x or b = x sigmoid; a is gated first. */
INLINE void sums(size_t n_pixel, int c, int n, const float *gate, float *a, const float *x,
                 const float *sigmoid, double *sum, double *dot)
{
    for (size_t p = 0; p < n_pixel; p += STRETCH) {
        size_t end = n_pixel - p < STRETCH ? n_pixel : p + STRETCH;
        vec s = {0}, d = {0};
        for (size_t q = p; q < end; q++) {
            size_t at = q * (size_t)c;
            vec va = load(a + at, n), vx = load(x + at, n);
            if (gate) {
                va = gated(va, load(gate + at, n));
                memcpy(a + at, &va, (size_t)n * sizeof(float));
            }
            s += va;
            d += sigmoid ? va * vx * load(sigmoid + at, n) : va * vx;
        }
        flush(s, n, sum);
        flush(d, n, dot);
    }
}

INLINE void all_sums(size_t n_pixel, int c, const float *gate, float *a, const float *x,
                     const float *sigmoid, double *sum, double *dot)
{
    memset(sum, 0, (size_t)c * sizeof(*sum)), memset(dot, 0, (size_t)c * sizeof(*dot));
    int k = 0;
    for (; k + LANES <= c; k += LANES)
        sums(n_pixel, c, LANES, gate ? gate + k : NULL, a + k, x + k, sigmoid ? sigmoid + k : NULL,
             sum + k, dot + k);
    if (k < c)
        sums(n_pixel, c, c - k, gate ? gate + k : NULL, a + k, x + k, sigmoid ? sigmoid + k : NULL,
             sum + k, dot + k);
}

/* sum x and sum x^2 of n channels, through the differences to the first pixel, so that floats keep
 * a small variance around a large mean. */
INLINE void moments_of(size_t n_pixel, int c, int n, const float *x, double *sum, double *square)
{
    vec first = load(x, n);
    double s[LANES] = {0}, d[LANES] = {0};
    for (size_t p = 0; p < n_pixel; p += STRETCH) {
        size_t end = n_pixel - p < STRETCH ? n_pixel : p + STRETCH;
        vec vs = {0}, vd = {0};
        for (size_t q = p; q < end; q++) {
            vec v = load(x + q * (size_t)c, n) - first;
            vs += v, vd += v * v;
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
    int k = 0;
    for (; k + LANES <= c; k += LANES)
        moments_of(n_pixel, c, LANES, x + k, sum + k, square + k);
    if (k < c)
        moments_of(n_pixel, c, c - k, x + k, sum + k, square + k);
}

static void dots(size_t n_pixel, int c, const float *gate, float *dy, const float *x, double *sum,
                 double *dot)
{
    if (gate)
        all_sums(n_pixel, c, gate, dy, x, NULL, sum, dot);
    else
        all_sums(n_pixel, c, NULL, dy, x, NULL, sum, dot);
}

static void swish_dots(size_t n_pixel, int c, const float *dy, const float *x, const float *sigmoid,
                       double *sum, double *dot)
{
    all_sums(n_pixel, c, NULL, (float *)dy, x, sigmoid, sum, dot);
}

/* e^x for x in [-87, 88], to 2 units in the last place: x = n ln 2 + r, a polynomial (the Taylor
 * series to r^7) for e^r on |r| <= ln 2 / 2, and n into the exponent.  Not a number stays so. */
INLINE float exponential(float x)
{
    float bounded = x < -87 ? -87 : x > 88 ? 88 : x;
    float n = nearbyintf(bounded * 1.44269504f);
    float r = (bounded - n * 0.693359375f) + n * 2.12194440e-4f;
    float p =
        1 + r * (1 + r * (0.5f + r * (1 / 6.f +
                                      r * (1 / 24.f +
                                           r * (1 / 120.f + r * (1 / 720.f + r * (1 / 5040.f)))))));
    union {
        int32_t i;
        float f;
    } power = {((int32_t)n + 127) * (1 << 23)};
    return p * power.f;
}

static void swish_forward(size_t n_pixel, int c, const float *x, const float *scale,
                          const float *shift, float *sigmoid, float *y)
{
    for (size_t p = 0; p < n_pixel; p++, x += c, y += c, sigmoid += c)
#pragma GCC ivdep
        for (int k = 0; k < c; k++) {
            float s = 1 / (1 + exponential(-x[k]));
            sigmoid[k] = s;
            y[k] = x[k] * s * scale[k] + shift[k];
        }
}
