/* conv: two-dimensional convolution, k x k with stride and zero padding, with or without bias:
 *   y[n, r, q, o] = b[o] + sum over i, j, c of x[n, r s + i - p, q s + j - p, c] w[i, j, c, o]
 * Weights start as N(0, 2 / (k k c_out)) (He et al. 2015, fan-out), as in the QGM paper's code. */
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include <math.h>

static struct conv conv_of(const struct node *nd, struct shape in)
{
    return (struct conv){.h = in.h,
                         .w = in.w,
                         .c = in.c,
                         .out_h = nd->out.h,
                         .out_w = nd->out.w,
                         .o = nd->out.c,
                         .k = nd->k,
                         .stride = nd->stride,
                         .pad = nd->pad};
}

static size_t n_weight(const struct conv *s)
{
    return (size_t)s->k * (size_t)s->k * (size_t)s->c * (size_t)s->o;
}

static void init(const struct node *nd, real *param, struct random *r)
{
    size_t area = (size_t)nd->k * (size_t)nd->k, n_o = (size_t)nd->out.c;
    size_t fan_in = area * (size_t)nd->c_in, n_w = fan_in * n_o;
    double std = sqrt(2.0 / (double)(area * n_o));
    for (size_t i = 0; i < n_w; i++)
        param[i] = (real)(std * random_normal(r));
    if (nd->bias)
        nn_init_uniform(param + n_w, n_o, fan_in, r);
}

static void forward(const struct node *nd, struct pass *p)
{
    struct conv s = conv_of(nd, in_shape(p, nd));
    const real *w = p->param + nd->param;
    s.coarse = p->mode == PASS_EVAL;
    kernels->conv_forward(&s, p->n, out_of(p, nd->in[0]), w, nd->bias ? w + n_weight(&s) : NULL,
                          out_of(p, nd->id), p->work);
}

static void backward(const struct node *nd, struct pass *p)
{
    struct conv s = conv_of(nd, in_shape(p, nd));
    const real *w = p->param + nd->param, *dy = d_out_of(p, nd->id);
    real *dw = p->grad + nd->param;
    kernels->conv_backward_weights(&s, p->n, out_of(p, nd->in[0]), dy, dw, p->work);
    if (nd->bias)
        kernels->column_sums((size_t)p->n * (size_t)(s.out_h * s.out_w), s.o, dy,
                             dw + n_weight(&s));
    if (nd->in[0] != 0) /* the image's gradient is not needed */
        kernels->conv_backward_data(&s, p->n, dy, w, d_out_of(p, nd->in[0]), nd->adds[0], p->work);
}

static const struct op conv = {
    .name = "conv", .init = init, .forward = forward, .backward = backward};

int nn_conv(struct net *t, int in, const char *name, int c, int k, int stride, int bias)
{
    struct shape s = t->node[in].out;
    int pad = k / 2;
    struct shape out = {(s.h + 2 * pad - k) / stride + 1, (s.w + 2 * pad - k) / stride + 1, c};
    struct node *nd = nn_node(t, &conv, 1, &in, out);
    nd->k = k, nd->stride = stride, nd->pad = pad, nd->bias = bias, nd->c_in = s.c;
    nd->param =
        nn_param(t, name, "weight", 4, (size_t[]){(size_t)c, (size_t)s.c, (size_t)k, (size_t)k});
    if (bias)
        nn_param(t, name, "bias", 1, (size_t[]){(size_t)c});
    struct conv shape = conv_of(nd, s);
    nn_work(t, kernels->conv_work(&shape));
    t->flops += 2.0 * out.h * out.w * (double)n_weight(&shape);
    return nd->id;
}
