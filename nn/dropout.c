/* dropout (Srivastava et al. 2014): in training each number becomes 0 with probability q, else it
 * is multiplied by 1 / (1 - q), so that evaluation changes nothing.  keep holds the factors.
 *
 * The random stream holds the draws of the whole batch for the first dropout, then those for the
 * next one, so that draws do not depend on how many examples run at a time. */
#include "nn/kernels/kernels.h"
#include "nn/nn.h"

static size_t size_of(const struct pass *p, const struct node *nd)
{
    return (size_t)p->n * shape_size(nd->out);
}

/* Move the stream to the draws for the first example of the pass. */
static void seek(const struct node *nd, const struct pass *p)
{
    uint64_t at = (uint64_t)p->n_all * nd->drop + (uint64_t)p->first * shape_size(nd->out);
    random_seek(p->noise, (uint32_t)(at / 4));
    for (uint64_t k = 0; k < at % 4; k++)
        random_u32(p->noise);
}

static void forward(const struct node *nd, struct pass *p)
{
    const real *x = out_of(p, nd->in[0]);
    real *y = out_of(p, nd->id), *factor = keep_of(p, nd),
         rest = (real)(100.0 / (100 - nd->percent));
    size_t n = size_of(p, nd);
    if (p->mode == PASS_EVAL) {
        kernels->copy(n, x, 0, y);
        return;
    }
    uint32_t dropped = (uint32_t)((UINT64_C(1) << 32) * (uint64_t)nd->percent / 100);
    if (p->noise)
        seek(nd, p);
    for (size_t i = 0; i < n; i++) {
        factor[i] = !p->noise ? 1 : random_u32(p->noise) < dropped ? 0 : rest;
        y[i] = x[i] * factor[i];
    }
}

static void backward(const struct node *nd, struct pass *p)
{
    const real *dy = d_out_of(p, nd->id), *factor = keep_of(p, nd);
    real *dx = d_out_of(p, nd->in[0]);
    size_t n = size_of(p, nd);
    CHECK(!nd->adds[0]);
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * factor[i];
}

static const struct op dropout = {
    .name = "dropout", .forward = forward, .backward = backward, .in_place = 1};

int nn_dropout(struct net *t, int in, int percent)
{
    CHECK(percent > 0 && percent < 100);
    struct node *nd = nn_node(t, &dropout, 1, &in, t->node[in].out);
    nd->percent = percent;
    nd->keep = nn_keep(t, shape_size(nd->out));
    nd->drop = t->n_drop, t->n_drop += shape_size(nd->out);
    return nd->id;
}
