/* text: a table of word vectors (Bengio et al. 2003), and the layer that Kim (2014) puts on them:
 * convolution over time, ReLU and the maximum over time in one node,
 *   y[n, o] = max(0, b[o] + max over t of the sum over j, i of x[n, t + j, i] w[o, j, i])
 * A maximum passes its gradient to one window only, so backward visits c windows of a text instead
 * of c l, and forward keeps no other sum.
 * Word vectors start as N(0, 1), weights as N(0, 2 / (k c)) (He et al. 2015, fan-out). */
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include <math.h>
#include <string.h>

/* --- embedding: c_in is the number of rows ---------------------------------------------------- */

static void embedding_init(const struct node *nd, real *param, struct random *r)
{
    size_t n = (size_t)nd->c_in * (size_t)nd->out.c;
    for (size_t i = 0; i < n; i++)
        param[i] = (real)random_normal(r);
}

/* Where the row of a token number starts. */
static size_t row_of(const struct node *nd, real token)
{
    CHECK(token >= 0 && token < (real)nd->c_in);
    return (size_t)token * (size_t)nd->out.c;
}

static void embedding_forward(const struct node *nd, struct pass *p)
{
    const real *token = out_of(p, nd->in[0]), *table = p->param + nd->param;
    size_t n = (size_t)p->n * (size_t)nd->out.h, c = (size_t)nd->out.c;
    real *y = out_of(p, nd->id);
    for (size_t i = 0; i < n; i++)
        memcpy(y + i * c, table + row_of(nd, token[i]), c * sizeof(*y));
}

static void embedding_backward(const struct node *nd, struct pass *p)
{
    const real *token = out_of(p, nd->in[0]), *dy = d_out_of(p, nd->id);
    size_t n = (size_t)p->n * (size_t)nd->out.h, c = (size_t)nd->out.c;
    real *d_table = p->grad + nd->param;
    memset(d_table, 0, (size_t)nd->c_in * c * sizeof(*d_table));
    for (size_t i = 0; i < n; i++)
        kernels->copy(c, dy + i * c, 1, d_table + row_of(nd, token[i]));
}

static const struct op embedding = {.name = "embedding",
                                    .init = embedding_init,
                                    .forward = embedding_forward,
                                    .backward = embedding_backward};

int nn_embedding(struct net *t, int in, const char *name, int n_token, int c)
{
    struct shape s = t->node[in].out;
    CHECK(in == 0 && s.w == 1 && s.c == 1);
    struct node *nd = nn_node(t, &embedding, 1, &in, (struct shape){s.h, 1, c});
    nd->c_in = t->n_token = n_token;
    nd->param = nn_param(t, name, "weight", 2, (size_t[]){(size_t)n_token, (size_t)c});
    return nd->id;
}

/* --- convolution and maximum over time -------------------------------------------------------- */

static struct text_conv conv_of(const struct node *nd, struct shape in)
{
    return (struct text_conv){.l = in.h, .e = in.c, .c = nd->out.c, .k = nd->k};
}

static size_t n_weight(const struct text_conv *s)
{
    return (size_t)s->c * (size_t)s->k * (size_t)s->e;
}

static void conv_init(const struct node *nd, real *param, struct random *r)
{
    size_t n_o = (size_t)nd->out.c, fan_in = (size_t)nd->k * (size_t)nd->c_in, n_w = n_o * fan_in;
    double std = sqrt(2.0 / (nd->k * (double)n_o));
    for (size_t i = 0; i < n_w; i++)
        param[i] = (real)(std * random_normal(r));
    nn_init_uniform(param + n_w, n_o, fan_in, r);
}

static void conv_forward(const struct node *nd, struct pass *p)
{
    struct text_conv s = conv_of(nd, in_shape(p, nd));
    const real *w = p->param + nd->param;
    kernels->text_forward(&s, p->n, out_of(p, nd->in[0]), w, w + n_weight(&s), out_of(p, nd->id),
                          keep_of(p, nd), p->work);
}

static void conv_backward(const struct node *nd, struct pass *p)
{
    struct text_conv s = conv_of(nd, in_shape(p, nd));
    const real *w = p->param + nd->param, *y = out_of(p, nd->id);
    real *dw = p->grad + nd->param, *dy = d_out_of(p, nd->id);
    kernels->relu_backward((size_t)p->n * (size_t)s.c, y, dy);
    kernels->column_sums((size_t)p->n, s.c, dy, dw + n_weight(&s));
    kernels->text_backward(&s, p->n, out_of(p, nd->in[0]), w, keep_of(p, nd), dy, dw,
                           d_out_of(p, nd->in[0]), nd->adds[0]);
}

static const struct op text_conv = {
    .name = "text_conv", .init = conv_init, .forward = conv_forward, .backward = conv_backward};

int nn_text_conv(struct net *t, int in, const char *name, int c, int k)
{
    struct shape s = t->node[in].out;
    CHECK(s.w == 1 && s.h >= k);
    struct node *nd = nn_node(t, &text_conv, 1, &in, (struct shape){1, 1, c});
    nd->k = k, nd->c_in = s.c;
    nd->keep = nn_keep(t, (size_t)c);
    nd->param = nn_param(t, name, "weight", 3, (size_t[]){(size_t)c, (size_t)s.c, (size_t)k});
    nn_param(t, name, "bias", 1, (size_t[]){(size_t)c});
    struct text_conv shape = conv_of(nd, s);
    nn_work(t, kernels->text_work(&shape));
    t->flops += 2.0 * text_n_window(&shape) * (double)n_weight(&shape);
    return nd->id;
}
