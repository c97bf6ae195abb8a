/* choco-sgd-top1, -sign, -q8: CHOCO-SGD (Koloskova, Stich and Jaggi, ICML 2019): workers send only
 * compressed differences q, and every worker keeps the public copies z of its neighbours:
 *   x' = x - lr g
 *   q  = C(x' - z)
 *   z <- z + q
 *   x+ = x' + gamma (W z - z)
 *   z_0 = 0
 * top1: C keeps the 1 % of coordinates that are largest in size (number rounded up; among equals
 *       the first); a value and an index are sent for each.
 * sign: C(v) = ||v||_1 / d sign(v), with sign(0) = 1; a bit per coordinate and the scale are sent.
 * q8:   C(v) rounds v to multiples of max |v| / 127; a byte per coordinate and the scale are sent.
 * This implementation does not store the neighbours' copies: gossip mixes z, held in G, and q is
 * counted as sent.  The result is the same as long as the graph does not change.
 * A local step that no gossip follows is x - lr g alone: what is compressed is the change of all H
 * steps (Singh, Data, George and Diggavi, "SQuARM-SGD", 2020).
 * S0: z. */
#include "algorithms/algorithms.h"
#include <math.h>
#include <string.h>

enum { GAMMA };
static const struct parameter parameters[] = {
    [GAMMA] = {"gamma", 0.1, 1e-12, 1, "consensus step size of choco-sgd"}, {0}};

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

/* What a compression learns from the whole difference v before it changes any of it. */
struct look {
    real most[16];  /* sizes so far, side by side, so that no comparison waits for the last */
    double sum;     /* of the sizes */
    real scale;     /* of what is sent */
    double unit;    /* between values that are sent */
    uint64_t least; /* the smallest magnitude that is kept */
    size_t n_equal, quota; /* how many numbers have it, and how many of them are yet to be kept */
};

/* part: reads the next n numbers of v; whole: v again, when all have been read; keep: compresses the
 * next n numbers. */
struct compression {
    void (*part)(struct look *l, const real *v, size_t n);
    void (*whole)(struct look *l, const real *v, size_t d);
    void (*keep)(struct look *l, real *v, size_t n);
};

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

static const struct compression top = {nothing, find_top, keep_top},
                                sign = {add_sizes, find_scale, keep_sign},
                                byte = {find_largest, find_unit, keep_byte};

static double top_size(size_t d)
{
    return 2 * (double)top_count(d);
}

static double sign_size(size_t d)
{
    return (double)((d + 31) / 32 + 1);
}

static double byte_size(size_t d)
{
    return (double)((d + 3) / 4 + 1);
}

/* In stretches that stay in cache. */
static void step(struct worker *w, struct tick k, const struct compression *c)
{
    enum { IN_CACHE = 2048 };
    real *x = w->vec[X], *g = w->vec[G], *z = w->vec[S0], lr = (real)k.lr;
    struct look l = {.sum = 0};
    for (size_t at = 0, end; at < w->d; at = end) {
        end = w->d - at < IN_CACHE ? w->d : at + IN_CACHE;
        for (size_t i = at; i < end; i++) {
            x[i] -= lr * g[i];
            g[i] = x[i] - z[i];
        }
        c->part(&l, g + at, end - at);
    }
    if (k.is_local)
        return;
    c->whole(&l, g, w->d);
    for (size_t at = 0, end; at < w->d; at = end) {
        end = w->d - at < IN_CACHE ? w->d : at + IN_CACHE;
        c->keep(&l, g + at, end - at);
        for (size_t i = at; i < end; i++)
            g[i] = z[i] += g[i];
    }
}

static void step_top(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, &top);
}

static void step_sign(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, &sign);
}

static void step_byte(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, &byte);
}

static void approach(struct worker *w, const union value *h, struct tick k)
{
    real *x = w->vec[X], gamma = (real)h[GAMMA].number;
    const real *z = w->vec[S0], *mixed = w->vec[G];
    for (size_t i = 0; i < w->d && !k.is_local; i++)
        x[i] += gamma * (mixed[i] - z[i]);
}

const struct algorithm algorithm_choco_sgd_top1 = {.about = "CHOCO-SGD, largest 1 % sent",
                                                   .n_state = 1,
                                                   .mixed = BIT(G),
                                                   .parameter = parameters,
                                                   .needs = NEEDS_STATIC,
                                                   .size = top_size,
                                                   .whole = 1,
                                                   .before_mix = step_top,
                                                   .after_mix = approach};
const struct algorithm algorithm_choco_sgd_sign = {.about = "CHOCO-SGD, signs",
                                                   .n_state = 1,
                                                   .mixed = BIT(G),
                                                   .parameter = parameters,
                                                   .needs = NEEDS_STATIC,
                                                   .size = sign_size,
                                                   .whole = 1,
                                                   .before_mix = step_sign,
                                                   .after_mix = approach};
const struct algorithm algorithm_choco_sgd_q8 = {.about = "CHOCO-SGD, 8 bits",
                                                 .n_state = 1,
                                                 .mixed = BIT(G),
                                                 .parameter = parameters,
                                                 .needs = NEEDS_STATIC,
                                                 .size = byte_size,
                                                 .whole = 1,
                                                 .before_mix = step_byte,
                                                 .after_mix = approach};
