/* beer-top1, -sign, -q8: BEER, gradient tracking with compressed messages (Zhao, Li, Li, Richtarik
 * and Chi, NeurIPS 2022, Algorithm 1).  z and s are the public copies of x and of the tracked
 * gradient y; workers send only C(x - z) and C(y - s):
 *   y   = y_prev + gamma (W s_prev - s_prev) + g - g_prev
 *   s   = s_prev + C(y - s_prev)
 *   x+  = x + gamma (W z - z) - lr y
 *   z+  = z + C(x+ - z)
 *   y_0 = g_0;  z_0 = s_0 = 0
 * mean(y) = mean(g) always.  With C(v) = v and gamma = 1 it is gt, except that the first y is not
 * mixed.  The paper writes H, G and V for z, s and y; C is in compress.h.
 * As in choco_sgd.c, gossip mixes the copies, and one C is counted as sent for each of the two
 * copies in every round; in round 0, where the copies are 0, nothing need be sent.  In a local
 * step, which no gossip follows, the copies do not change.
 * S0: y.  S1: g_prev.  S2: z.  S3: s.  The slot of the gradient holds s, then z, for gossip. */
#include "algorithms/algorithms.h"
#include "algorithms/compress.h"
#include <string.h>

/* copy <- copy + C(v - copy); `room` is overwritten. */
static void follow(real *copy, const real *v, real *room, size_t d, const struct compression *c)
{
    struct look l = {.sum = 0};
    for (size_t at = 0, end; at < d; at = end) {
        end = d - at < COMPRESS_STRETCH ? d : at + COMPRESS_STRETCH;
        for (size_t i = at; i < end; i++)
            room[i] = v[i] - copy[i];
        c->part(&l, room + at, end - at);
    }
    compress_add(c, &l, room, copy, d);
}

static void add_gradients(struct worker *w, const union value *h, struct tick k)
{
    real *g = w->vec[G], *y = w->vec[S0], *g_prev = w->vec[S1];
    const real *s = w->vec[S3];
    for (size_t i = 0; i < w->d; i++) {
        y[i] += g[i] - g_prev[i];
        g_prev[i] = g[i];
        g[i] = s[i];
    }
}

/* v <- v + gamma (W copy - copy) */
static void approach(struct worker *w, const union value *h, real *v, const real *copy)
{
    real gamma = (real)h[GAMMA].number;
    const real *mixed = w->vec[G];
    for (size_t i = 0; i < w->d; i++)
        v[i] += gamma * (mixed[i] - copy[i]);
}

static void track(struct worker *w, const union value *h, struct tick k,
                  const struct compression *c)
{
    real *y = w->vec[S0], *s = w->vec[S3];
    approach(w, h, y, s);
    if (k.round > 0 && !k.is_local)
        follow(s, y, w->vec[G], w->d, c);
    memcpy(w->vec[G], w->vec[S2], w->d * sizeof(real));
}

static void step(struct worker *w, const union value *h, struct tick k, const struct compression *c)
{
    real *x = w->vec[X], *z = w->vec[S2], lr = (real)k.lr;
    const real *y = w->vec[S0];
    approach(w, h, x, z);
    for (size_t i = 0; i < w->d; i++)
        x[i] -= lr * y[i];
    if (!k.is_local)
        follow(z, x, w->vec[G], w->d, c);
}

static void track_top(struct worker *w, const union value *h, struct tick k)
{
    track(w, h, k, &compress_top);
}

static void track_sign(struct worker *w, const union value *h, struct tick k)
{
    track(w, h, k, &compress_sign);
}

static void track_byte(struct worker *w, const union value *h, struct tick k)
{
    track(w, h, k, &compress_byte);
}

static void step_top(struct worker *w, const union value *h, struct tick k)
{
    step(w, h, k, &compress_top);
}

static void step_sign(struct worker *w, const union value *h, struct tick k)
{
    step(w, h, k, &compress_sign);
}

static void step_byte(struct worker *w, const union value *h, struct tick k)
{
    step(w, h, k, &compress_byte);
}

const struct algorithm algorithm_beer_top1 = {.about = "BEER, largest 1 % sent",
                                              .n_state = 4,
                                              .mixed_first = BIT(G),
                                              .mixed = BIT(G),
                                              .parameter = compress_parameters,
                                              .needs = NEEDS_STATIC,
                                              .size = compress_top_size,
                                              .before_mix = add_gradients,
                                              .between = track_top,
                                              .after_mix = step_top};
const struct algorithm algorithm_beer_sign = {.about = "BEER, signs",
                                              .n_state = 4,
                                              .mixed_first = BIT(G),
                                              .mixed = BIT(G),
                                              .parameter = compress_parameters,
                                              .needs = NEEDS_STATIC,
                                              .size = compress_sign_size,
                                              .before_mix = add_gradients,
                                              .between = track_sign,
                                              .after_mix = step_sign};
const struct algorithm algorithm_beer_q8 = {.about = "BEER, 8 bits",
                                            .n_state = 4,
                                            .mixed_first = BIT(G),
                                            .mixed = BIT(G),
                                            .parameter = compress_parameters,
                                            .needs = NEEDS_STATIC,
                                            .size = compress_byte_size,
                                            .before_mix = add_gradients,
                                            .between = track_byte,
                                            .after_mix = step_byte};
