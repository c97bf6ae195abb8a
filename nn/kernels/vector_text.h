/* vector_text: convolution over time and its maximum for any vector length; only nn/kernels/avx*.c
 * include this, after defining LANES.
 *
 * For two vectors of maps at a time, the rows' parts of the sums are one matrix product for each
 * place of a window.  A window's sum adds k parts; it goes into the maxima at once and is not
 * stored. */
#include "nn/kernels/vector.h"
#include "nn/kernels/vector_product.h"
#include <math.h>

INLINE vec choose(mask m, vec a, vec b)
{
    return (vec)(((mask)a & m) | ((mask)b & ~m));
}

/* The number of vectors of maps; the last is padded with zeros. */
static int text_n_vector(const struct text_conv *s)
{
    return (s->c + LANES - 1) / LANES;
}

/* The turned weights, and the parts (k, n_row, to LANES) of two vectors of maps. */
static size_t text_work(const struct text_conv *s, int n_row)
{
    return (size_t)text_n_vector(s) * LANES * (size_t)(s->k * s->e) +
           (size_t)(s->k * n_row * 2 * LANES);
}

/* Weights (c, length) to columns of one or two (`to`) vectors of maps, each (length, to LANES). */
static void text_turn(const struct text_conv *s, const float *w, float *turned)
{
    int length = s->k * s->e, n_vector = text_n_vector(s);
    for (int v = 0; v < n_vector; v++) {
        int row = v + 1 == n_vector && v % 2 == 0 ? LANES : 2 * LANES, first = v * LANES, j = 0;
        const float *in = w + first * length;
        float *out = turned + v / 2 * 2 * LANES * length + v % 2 * LANES;
        for (; first + LANES <= s->c && j + LANES <= length; j += LANES)
            transpose_square(in + j, length, out + j * row, row);
        for (; j < length; j++)
            for (int o = 0; o < LANES; o++)
                out[j * row + o] = first + o < s->c ? in[o * length + j] : 0;
    }
}

/* The maxima of one text by `to` vectors of maps, of which the first `count` numbers are stored. */
INLINE void text_peaks(int to, const struct text_conv *s, int n_row, const float *part,
                       const int32_t *row, int count, const float *bias, float *y, float *at)
{
    vec most[2], first[2];
    for (int b = 0; b < to; b++)
        most[b] = (vec){0} - INFINITY, first[b] = (vec){0};
    for (int t = 0; t < text_n_window(s); t++) {
        vec sum[2] = {{0}};
        for (int k = 0; k < s->k; k++)
            for (int b = 0; b < to; b++)
                sum[b] += *(const vec *)(part + ((k * n_row + row[t + k]) * to + b) * LANES);
        for (int b = 0; b < to; b++) {
            mask larger = ~(most[b] >= sum[b]) & (most[b] == most[b]);
            most[b] = choose(larger, sum[b], most[b]);
            first[b] = choose(larger, (vec){0} + (float)t, first[b]);
        }
    }
    for (int o = 0; o < count; o++) {
        y[o] = positive(most[o / LANES][o % LANES] + bias[o]);
        at[o] = first[o / LANES][o % LANES];
    }
}

/* All texts by the maps from `first` on, of which `turned` has the weights. */
INLINE void text_maps(int to, const struct text_conv *s, int n, int n_row, const float *x,
                      const int32_t *row, int first, const float *turned, const float *bias,
                      float *y, float *at, float *part)
{
    int count = least(to * LANES, s->c - first);
    for (int k = 0; k < s->k; k++)
        product(n_row, to, s->e, x, turned + k * s->e * to * LANES, to * LANES,
                part + k * n_row * to * LANES);
    for (int i = 0; i < n; i++)
        text_peaks(to, s, n_row, part, row + i * s->l, count, bias + first, y + i * s->c + first,
                   at + i * s->c + first);
}

static void text_forward(const struct text_conv *s, int n, int n_row, const float *x,
                         const int32_t *row, const float *w, const float *bias, float *y, float *at,
                         float *work)
{
    float *part = work + text_n_vector(s) * LANES * s->k * s->e;
    text_turn(s, w, work);
    for (int o = 0; o < s->c; o += 2 * LANES) {
        const float *turned = work + o * s->k * s->e;
        if (o + LANES < s->c)
            text_maps(2, s, n, n_row, x, row, o, turned, bias, y, at, part);
        else
            text_maps(1, s, n, n_row, x, row, o, turned, bias, y, at, part);
    }
}
