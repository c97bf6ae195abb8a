/* vector_text: convolution over time and its maximum for any vector length; only nn/kernels/avx*.c
 * include this, after defining LANES.
 *
 * A tile of windows by one or two vectors of maps stays in registers during the loop over the
 * numbers of a window: a number is broadcast, a row of transposed weights is loaded.  The sums of a
 * tile go into the maxima at once and are never stored.  The last tile overlaps the one before it:
 * seeing a window twice changes no maximum. */
#include "nn/kernels/vector.h"
#include <math.h>

/* Largest sums so far, and their windows. */
struct peak {
    vec sum[2], at[2];
};

INLINE vec choose(mask m, vec a, vec b)
{
    return (vec)(((mask)a & m) | ((mask)b & ~m));
}

/* n windows from x on, e numbers apart, by `to` vectors of maps; the first window's number is
 * `first`. */
INLINE void text_tile(int n, int to, int length, int e, const float *x, int first, const float *w,
                      struct peak *p)
{
    vec sum[TILE][2];
    const float *in[TILE];
#pragma GCC unroll 8
    for (int t = 0; t < n; t++) {
        in[t] = x + t * e;
#pragma GCC unroll 2
        for (int b = 0; b < to; b++)
            sum[t][b] = (vec){0};
    }
    for (int j = 0; j < length; j++, w += to * LANES)
#pragma GCC unroll 8
        for (int t = 0; t < n; t++)
#pragma GCC unroll 2
            for (int b = 0; b < to; b++)
                sum[t][b] += in[t][j] * *(const vec *)(w + b * LANES);
#pragma GCC unroll 8
    for (int t = 0; t < n; t++)
#pragma GCC unroll 2
        for (int b = 0; b < to; b++) {
            mask larger = ~(p->sum[b] >= sum[t][b]) & (p->sum[b] == p->sum[b]);
            p->sum[b] = choose(larger, sum[t][b], p->sum[b]);
            p->at[b] = choose(larger, (vec){0} + (float)(first + t), p->at[b]);
        }
}

/* One text by `to` vectors of maps, of which the first `count` numbers are stored. */
INLINE void text_peaks(int to, const struct text_conv *s, const float *x, const float *w, int count,
                       const float *bias, float *y, float *at)
{
    int n = text_n_window(s), length = s->k * s->e;
    struct peak p;
    for (int b = 0; b < to; b++)
        p.sum[b] = (vec){0} - INFINITY, p.at[b] = (vec){0};
    for (int t = 0; n >= TILE && t < n; t += TILE) {
        int first = least(t, n - TILE);
        text_tile(TILE, to, length, s->e, x + first * s->e, first, w, &p);
    }
    for (int t = 0; n < TILE && t < n; t++)
        text_tile(1, to, length, s->e, x + t * s->e, t, w, &p);
    for (int o = 0; o < count; o++) {
        y[o] = positive(p.sum[o / LANES][o % LANES] + bias[o]);
        at[o] = p.at[o / LANES][o % LANES];
    }
}

/* The number of vectors of maps; the last is padded with zeros. */
static int text_n_vector(const struct text_conv *s)
{
    return (s->c + LANES - 1) / LANES;
}

static size_t text_work(const struct text_conv *s)
{
    return (size_t)text_n_vector(s) * LANES * (size_t)(s->k * s->e);
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

static void text_forward(const struct text_conv *s, int n, const float *x, const float *w,
                         const float *bias, float *y, float *at, float *work)
{
    text_turn(s, w, work);
    for (int i = 0; i < n; i++, x += s->l * s->e, y += s->c, at += s->c)
        for (int o = 0; o < s->c; o += 2 * LANES) {
            const float *turned = work + o * s->k * s->e;
            if (o + LANES < s->c)
                text_peaks(2, s, x, turned, least(2 * LANES, s->c - o), bias + o, y + o, at + o);
            else
                text_peaks(1, s, x, turned, s->c - o, bias + o, y + o, at + o);
        }
}
