#include "algorithms/compress.h"
#include "core/core.h"
#include <math.h>
#include <string.h>

static size_t top_count(size_t d)
{
    return (d + 99) / 100;
}

/* The bits of |v|; as whole numbers they have the order of |v|. */
static uint64_t magnitude(real v)
{
    uint64_t bits = 0, sign = (uint64_t)1 << (8 * sizeof(v) - 1);
    memcpy(&bits, &v, sizeof(v));
    return bits & ~sign;
}

static void nothing(struct look *l, const real *v, size_t n)
{
}

/* Find the k-th largest magnitude digit by digit from the highest, so that no memory is needed. */
static void find_top(struct look *l, const real *v, size_t d)
{
    enum { DIGIT = 11, N_DIGIT = 1 << DIGIT };
    l->quota = top_count(d);
    for (int low = 8 * (int)sizeof(real) - 1, width; low > 0;) {
        uint32_t count[N_DIGIT] = {0}, digit;
        width = low < DIGIT ? low : DIGIT, low -= width, digit = (1u << width) - 1;
        for (size_t i = 0; i < d; i++) {
            uint64_t bits = magnitude(v[i]) >> low;
            if (bits >> width == l->least)
                count[bits & ((1u << width) - 1)]++;
        }
        for (; count[digit] < l->quota; digit--)
            l->quota -= count[digit];
        l->least = l->least << width | digit, l->n_equal = count[digit];
    }
}

static void keep_top(struct look *l, real *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] = magnitude(v[i]) < l->least ? 0 : v[i];
    for (size_t i = 0; i < n && l->quota < l->n_equal; i++) {
        if (magnitude(v[i]) != l->least)
            continue;
        if (l->quota > 0)
            l->quota--;
        else
            v[i] = 0;
    }
}

static void add_sizes(struct look *l, const real *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        l->sum += fabs((double)v[i]);
}

static void find_scale(struct look *l, const real *v, size_t d)
{
    l->scale = (real)(l->sum / (double)d);
}

static void keep_sign(struct look *l, real *v, size_t n)
{
    real scale = l->scale;
    for (size_t i = 0; i < n; i++)
        v[i] = v[i] < 0 ? -scale : scale;
}

static inline void find_sizes(size_t n, const real *v, real *most)
{
    for (size_t k = 0; k < n; k++) {
        real size = v[k] < 0 ? -v[k] : v[k];
        most[k] = size > most[k] ? size : most[k];
    }
}

static void find_largest(struct look *l, const real *v, size_t n)
{
    for (; n >= LENGTH(l->most); v += LENGTH(l->most), n -= LENGTH(l->most))
        find_sizes(LENGTH(l->most), v, l->most);
    find_sizes(n, v, l->most);
}

static void find_unit(struct look *l, const real *v, size_t d)
{
    real largest = 0;
    for (int k = 0; k < 16; k++)
        largest = l->most[k] > largest ? l->most[k] : largest;
    l->unit = (double)largest / 127;
}

static void keep_byte(struct look *l, real *v, size_t n)
{
    double unit = l->unit;
    for (size_t i = 0; i < n && unit > 0; i++)
        v[i] = (real)(nearbyint((double)v[i] / unit) * unit);
}

const struct compression compress_top = {nothing, find_top, keep_top};
const struct compression compress_sign = {add_sizes, find_scale, keep_sign};
const struct compression compress_byte = {find_largest, find_unit, keep_byte};

double compress_top_size(size_t d)
{
    return 2 * (double)top_count(d);
}

double compress_sign_size(size_t d)
{
    return (double)((d + 31) / 32 + 1);
}

double compress_byte_size(size_t d)
{
    return (double)((d + 3) / 4 + 1);
}

void compress_add(const struct compression *c, struct look *l, real *v, real *copy, size_t d)
{
    c->whole(l, v, d);
    for (size_t at = 0, end; at < d; at = end) {
        end = d - at < COMPRESS_STRETCH ? d : at + COMPRESS_STRETCH;
        c->keep(l, v + at, end - at);
        for (size_t i = at; i < end; i++)
            v[i] = copy[i] += v[i];
    }
}
