/* choco-sgd-top1, -sign, -q8: CHOCO-SGD (Koloskova, Stich and Jaggi, ICML 2019): workers send only
 * compressed differences q, and every worker keeps the public copies z of its neighbours:
 *   x' = x - lr g
 *   q  = C(x' - z)
 *   z <- z + q
 *   x+ = x' + gamma (W z - z)
 *   z_0 = 0
 * C is in compress.h.
 * This implementation does not store the neighbours' copies: gossip mixes z, held in G, and q is
 * counted as sent.  The result is the same as long as the graph does not change.
 * A local step that no gossip follows is only x - lr g; the compressed difference is then that of
 * all H steps (Singh, Data, George and Diggavi, "SQuARM-SGD", 2020).
 * S0: z. */
#include "algorithms/algorithms.h"
#include "algorithms/compress.h"

/* In stretches that stay in cache. */
static void step(struct worker *w, struct tick k, const struct compression *c)
{
    real *x = w->vec[X], *g = w->vec[G], *z = w->vec[S0], lr = (real)k.lr;
    struct look l = {.sum = 0};
    for (size_t at = 0, end; at < w->d; at = end) {
        end = w->d - at < COMPRESS_STRETCH ? w->d : at + COMPRESS_STRETCH;
        for (size_t i = at; i < end; i++) {
            x[i] -= lr * g[i];
            g[i] = x[i] - z[i];
        }
        c->part(&l, g + at, end - at);
    }
    if (k.is_local)
        return;
    compress_add(c, &l, g, z, w->d);
}

static void step_top(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, &compress_top);
}

static void step_sign(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, &compress_sign);
}

static void step_byte(struct worker *w, const union value *h, struct tick k)
{
    step(w, k, &compress_byte);
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
                                                   .parameter = compress_parameters,
                                                   .needs = NEEDS_STATIC,
                                                   .size = compress_top_size,
                                                   .whole = 1,
                                                   .before_mix = step_top,
                                                   .after_mix = approach};
const struct algorithm algorithm_choco_sgd_sign = {.about = "CHOCO-SGD, signs",
                                                   .n_state = 1,
                                                   .mixed = BIT(G),
                                                   .parameter = compress_parameters,
                                                   .needs = NEEDS_STATIC,
                                                   .size = compress_sign_size,
                                                   .whole = 1,
                                                   .before_mix = step_sign,
                                                   .after_mix = approach};
const struct algorithm algorithm_choco_sgd_q8 = {.about = "CHOCO-SGD, 8 bits",
                                                 .n_state = 1,
                                                 .mixed = BIT(G),
                                                 .parameter = compress_parameters,
                                                 .needs = NEEDS_STATIC,
                                                 .size = compress_byte_size,
                                                 .whole = 1,
                                                 .before_mix = step_byte,
                                                 .after_mix = approach};
