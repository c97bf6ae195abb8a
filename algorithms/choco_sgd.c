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
    uint64_t bits = 0;
    v = v < 0 ? -v : v;
    memcpy(&bits, &v, sizeof(v));
    return bits;
}

/* The k-th largest magnitude, found byte by byte from the highest, so that no memory is needed;
 * *equal: how many numbers of this magnitude are among the k largest. */
static uint64_t kth_magnitude(const real *v, size_t d, size_t k, size_t *equal)
{
    uint64_t found = 0;
    for (int shift = 8 * ((int)sizeof(real) - 1); shift >= 0; shift -= 8) {
        size_t count[256] = {0}, digit = 255;
        for (size_t i = 0; i < d; i++) {
            uint64_t bits = magnitude(v[i]) >> shift;
            if (bits >> 8 == found)
                count[bits & 255]++;
        }
        for (; count[digit] < k; digit--)
            k -= count[digit];
        found = found << 8 | digit;
    }
    *equal = k;
    return found;
}

static void keep_top(real *v, size_t d)
{
    size_t equal;
    uint64_t least = kth_magnitude(v, d, top_count(d), &equal);
    for (size_t i = 0; i < d; i++) {
        uint64_t size = magnitude(v[i]);
        if (size < least || (size == least && equal == 0))
            v[i] = 0;
        else if (size == least)
            equal--;
    }
}

static void keep_sign(real *v, size_t d)
{
    double sum = 0;
    for (size_t i = 0; i < d; i++)
        sum += fabs((double)v[i]);
    real scale = (real)(sum / (double)d);
    for (size_t i = 0; i < d; i++)
        v[i] = v[i] < 0 ? -scale : scale;
}

static void keep_byte(real *v, size_t d)
{
    real most[16] = {0}, largest = 0; /* side by side, so that no comparison waits for the last */
    for (size_t i = 0; i < d; i++) {
        real size = v[i] < 0 ? -v[i] : v[i];
        most[i % 16] = size > most[i % 16] ? size : most[i % 16];
    }
    for (int k = 0; k < 16; k++)
        largest = most[k] > largest ? most[k] : largest;
    double unit = (double)largest / 127;
    for (size_t i = 0; i < d && unit > 0; i++)
        v[i] = (real)(nearbyint((double)v[i] / unit) * unit);
}

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

static void step(struct worker *w, struct tick k, void (*compress)(real *v, size_t d))
{
    real *x = w->vec[X], *g = w->vec[G], *z = w->vec[S0], lr = (real)k.lr;
    for (size_t i = 0; i < w->d; i++) {
        x[i] -= lr * g[i];
        g[i] = x[i] - z[i];
    }
    if (k.is_local)
        return;
    compress(g, w->d);
    for (size_t i = 0; i < w->d; i++)
        g[i] = z[i] += g[i];
}

static void step_top(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, keep_top);
}

static void step_sign(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, keep_sign);
}

static void step_byte(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, keep_byte);
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
