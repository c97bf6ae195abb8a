/* vector_planar: 3 x 3 convolutions of images with few channels, a network's first layer.  A
 * pixel's channels do not fill a vector, so vectors hold neighbouring pixels of one channel: images
 * become planes, one per channel, with a border of zeros.
 *
 * An output is summed in the order of the direct sum.  A weight's gradient is summed in PIXELS sums
 * side by side, one for each pixel of a group, however long vectors are. */
#include "nn/kernels/vector.h"
#include <string.h>

enum { PIXELS = 16, OUTS = LEAST_LANES }; /* pixels and outputs that are processed together */

/* With 16 outputs, vectors of outputs are full and as fast. */
static int is_planar(const struct conv *s)
{
    return s->k == 3 && s->stride == 1 && s->pad == 1 && s->c < LEAST_LANES && s->o % OUTS == 0 &&
           s->o % (2 * OUTS) != 0 && s->w % PIXELS == 0;
}

/* The padded planes of an image: c planes of h + 2 rows, each a multiple of the cache's lines. */
static int plane_row(const struct conv *s)
{
    return s->w + 2;
}
static int plane_size(const struct conv *s)
{
    return ((s->h + 2) * plane_row(s) + PIXELS - 1) / PIXELS * PIXELS;
}
/* The distance of the gradient's planes: no power of two, which maps all of them to one set of the
 * cache. */
static int gradient_size(const struct conv *s)
{
    return s->h * s->w + PIXELS;
}

/* Planes; and for the gradients planes of dy, and PIXELS sums per weight. */
static size_t planar_work(const struct conv *s)
{
    return (size_t)(s->c * plane_size(s) + s->o * gradient_size(s) + 9 * s->c * s->o * PIXELS);
}

static void planes_of(const struct conv *s, const float *x, float *plane)
{
    int row = plane_row(s);
    memset(plane, 0, (size_t)(s->c * plane_size(s)) * sizeof(*plane));
    for (int r = 0; r < s->h; r++)
        for (int c = 0; c < s->c; c++) {
            const float *from = x + r * s->w * s->c + c;
            float *to = plane + c * plane_size(s) + (r + 1) * row + 1;
            for (int q = 0; q < s->w; q++)
                to[q] = from[q * s->c];
        }
}

/* OUTS outputs at `vecs` vectors of pixels, whose upper left taps are at x; w and bias are those of
 * the first output. */
INLINE void planar_tile(int vecs, const struct conv *s, const float *x, const float *w,
                        const float *bias, float *y)
{
    vec sum[OUTS][2];
    float out[OUTS][2 * LANES];
#pragma GCC unroll 8
    for (int o = 0; o < OUTS; o++)
#pragma GCC unroll 2
        for (int v = 0; v < vecs; v++)
            sum[o][v] = (vec){0} + (bias ? bias[o] : 0);
    for (int tap = 0; tap < 9; tap++)
        for (int c = 0; c < s->c; c++, w += s->o) {
            const float *in = x + c * plane_size(s) + tap / 3 * plane_row(s) + tap % 3;
#pragma GCC unroll 8
            for (int o = 0; o < OUTS; o++)
#pragma GCC unroll 2
                for (int v = 0; v < vecs; v++)
                    sum[o][v] += w[o] * *(const vec *)(in + v * LANES);
        }
#pragma GCC unroll 8
    for (int o = 0; o < OUTS; o++)
#pragma GCC unroll 2
        for (int v = 0; v < vecs; v++)
            *(vec *)(out[o] + v * LANES) = sum[o][v];
    for (int p = 0; p < vecs * LANES; p += OUTS)
        transpose_eight(out[0] + p, 2 * LANES, y + p * s->o, s->o);
}

static void planar_outputs(const struct conv *s, int n, const float *x, const float *w,
                           const float *bias, float *y, float *work)
{
    enum { VECS = LANES == 16 ? 2 : 1 }; /* as many sums as registers hold */
    for (int i = 0; i < n; i++, x += s->h * s->w * s->c) {
        planes_of(s, x, work);
        for (int r = 0; r < s->h; r++, y += s->w * s->o)
            for (int o = 0; o < s->o; o += OUTS) {
                const float *in = work + r * plane_row(s), *b = bias ? bias + o : NULL;
                int q = 0;
                for (; q + VECS * LANES <= s->w; q += VECS * LANES)
                    planar_tile(VECS, s, in + q, w + o, b, y + q * s->o + o);
                for (; q < s->w; q += LANES)
                    planar_tile(1, s, in + q, w + o, b, y + q * s->o + o);
            }
    }
}

/* Add an image's part to the sums (3, SUM_OUTS, PIXELS) of the three taps of a kernel row, for some
 * outputs; x: the row's first tap of the first pixel, dy: planes of the outputs. */
enum { SUM_OUTS = LANES == 16 ? OUTS : OUTS / 2 };
INLINE void planar_sums(const struct conv *s, const float *x, const float *dy, float *sums)
{
    vec sum[3][SUM_OUTS];
#pragma GCC unroll 3
    for (int j = 0; j < 3; j++)
#pragma GCC unroll 8
        for (int o = 0; o < SUM_OUTS; o++)
            sum[j][o] = *(const vec *)(sums + (j * SUM_OUTS + o) * PIXELS);
    for (int r = 0; r < s->h; r++, x += plane_row(s))
        for (int q = 0; q < s->w; q += PIXELS, dy += PIXELS)
#pragma GCC unroll 8
            for (int o = 0; o < SUM_OUTS; o++) {
                vec g = *(const vec *)(dy + o * gradient_size(s));
#pragma GCC unroll 3
                for (int j = 0; j < 3; j++)
                    sum[j][o] += g * *(const vec *)(x + q + j);
            }
#pragma GCC unroll 3
    for (int j = 0; j < 3; j++)
#pragma GCC unroll 8
        for (int o = 0; o < SUM_OUTS; o++)
            *(vec *)(sums + (j * SUM_OUTS + o) * PIXELS) = sum[j][o];
}

/* dw from the sums (3, c, outputs / SUM_OUTS, 3, SUM_OUTS, PIXELS): kernel row, channel, outputs,
 * kernel column. */
static void planar_totals(const struct conv *s, const float *sums, float *dw)
{
    for (int i = 0; i < 3; i++)
        for (int c = 0; c < s->c; c++)
            for (int o = 0; o < s->o; o += SUM_OUTS)
                for (int j = 0; j < 3; j++)
                    for (int k = 0; k < SUM_OUTS; k++, sums += PIXELS) {
                        float total = 0;
                        for (int p = 0; p < PIXELS; p++)
                            total += sums[p];
                        dw[((i * 3 + j) * s->c + c) * s->o + o + k] = total;
                    }
}

static void planar_weights(const struct conv *s, int n, const float *x, const float *dy, float *dw,
                           float *work)
{
    int area = s->h * s->w;
    float *plane = work, *out = plane + s->c * plane_size(s), *sums = out + s->o * gradient_size(s);
    memset(sums, 0, (size_t)(9 * s->c * s->o * PIXELS) * sizeof(*sums));
    for (int m = 0; m < n; m++, x += area * s->c, dy += area * s->o) {
        planes_of(s, x, plane);
        for (int p = 0; p < area; p += OUTS)
            for (int o = 0; o < s->o; o += OUTS)
                transpose_eight(dy + p * s->o + o, s->o, out + o * gradient_size(s) + p,
                                gradient_size(s));
        float *to = sums;
        for (int i = 0; i < 3; i++)
            for (int c = 0; c < s->c; c++)
                for (int o = 0; o < s->o; o += SUM_OUTS, to += 3 * SUM_OUTS * PIXELS)
                    for (int part = 0; part < PIXELS; part += LANES)
                        planar_sums(s, plane + c * plane_size(s) + i * plane_row(s) + part,
                                    out + o * gradient_size(s) + part, to + part);
    }
    planar_totals(s, sums, dw);
}
