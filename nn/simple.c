/* simple: ops that take only a few lines each: ReLU, addition, pooling, concatenation, linear
 * layer. */
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "nn/nn.h"

static size_t size_of(const struct pass *p, const struct node *nd)
{
    return (size_t)p->n * shape_size(nd->out);
}

static int area_of(struct shape s)
{
    return s.h * s.w;
}

/* y = max(x, 0), in place. */
static void relu_forward(const struct node *nd, struct pass *p)
{
    kernels->relu_forward(size_of(p, nd), out_of(p, nd->id));
}

static void relu_backward(const struct node *nd, struct pass *p)
{
    kernels->relu_backward(size_of(p, nd), out_of(p, nd->id), d_out_of(p, nd->id));
}

static const struct op relu = {.name = "relu", .forward = relu_forward, .backward = relu_backward};

int nn_relu(struct net *t, int in)
{
    if (nn_norm_is_last(t, in)) {
        t->node[in].relu = 1;
        return in;
    }
    for (int i = 0; i < t->n_node; i++) /* another reader would see its input changed */
        for (int k = 0; k < t->node[i].n_in; k++)
            CHECK(t->node[i].in[k] != in);
    struct node *nd = nn_node(t, &relu, 1, &in, t->node[in].out);
    t->n_act = t->n_d_act = nd->act; /* give the memory back: it shares its input's */
    nd->act = nd->eval = nd->d_act = t->node[in].act;
    return nd->id;
}

/* y = a + b. */
static void add_forward(const struct node *nd, struct pass *p)
{
    kernels->add(size_of(p, nd), out_of(p, nd->in[0]), out_of(p, nd->in[1]), out_of(p, nd->id));
}

static void add_backward(const struct node *nd, struct pass *p)
{
    for (int i = 0; i < 2; i++)
        kernels->copy(size_of(p, nd), d_out_of(p, nd->id), nd->adds[i], d_out_of(p, nd->in[i]));
}

static const struct op add = {.name = "add", .forward = add_forward, .backward = add_backward};

int nn_add(struct net *t, int a, int b)
{
    struct shape s = t->node[a].out, u = t->node[b].out;
    CHECK(a != b && s.h == u.h && s.w == u.w && s.c == u.c);
    int last = a > b ? a : b, other = a > b ? b : a;
    if (nn_norm_is_last(t, last) && t->node[last].n_in == 1) {
        t->node[last].in[1] = other, t->node[last].n_in = 2;
        return last;
    }
    return nn_node(t, &add, 2, (int[]){a, b}, s)->id;
}

/* y = the maximum of 2 x 2; among equals, the gradient goes to the first in reading order. */
static void pool_forward(const struct node *nd, struct pass *p)
{
    struct shape s = in_shape(p, nd);
    kernels->max_pool_forward(p->n, s.h, s.w, s.c, out_of(p, nd->in[0]), out_of(p, nd->id));
}

static void pool_backward(const struct node *nd, struct pass *p)
{
    struct shape s = in_shape(p, nd);
    CHECK(!nd->adds[0]);
    kernels->max_pool_backward(p->n, s.h, s.w, s.c, out_of(p, nd->in[0]), d_out_of(p, nd->id),
                               d_out_of(p, nd->in[0]));
}

static const struct op max_pool = {
    .name = "max_pool", .forward = pool_forward, .backward = pool_backward};

int nn_max_pool(struct net *t, int in)
{
    struct shape s = t->node[in].out;
    CHECK(s.h % 2 == 0 && s.w % 2 == 0);
    return nn_node(t, &max_pool, 1, &in, (struct shape){s.h / 2, s.w / 2, s.c})->id;
}

/* y = mean over h and w. */
static void mean_forward(const struct node *nd, struct pass *p)
{
    struct shape s = in_shape(p, nd);
    kernels->mean_forward(p->n, area_of(s), s.c, out_of(p, nd->in[0]), out_of(p, nd->id));
}

static void mean_backward(const struct node *nd, struct pass *p)
{
    struct shape s = in_shape(p, nd);
    CHECK(!nd->adds[0]);
    kernels->mean_backward(p->n, area_of(s), s.c, d_out_of(p, nd->id), d_out_of(p, nd->in[0]));
}

static const struct op mean = {.name = "mean", .forward = mean_forward, .backward = mean_backward};

int nn_mean(struct net *t, int in)
{
    return nn_node(t, &mean, 1, &in, (struct shape){1, 1, t->node[in].out.c})->id;
}

/* y = the channels of all inputs, in order. */
static void concat_forward(const struct node *nd, struct pass *p)
{
    real *y = out_of(p, nd->id);
    for (int i = 0; i < nd->n_in; i++) {
        int c = p->net->node[nd->in[i]].out.c, rows = p->n * area_of(nd->out);
        const real *x = out_of(p, nd->in[i]);
        for (int r = 0; r < rows; r++)
            kernels->copy((size_t)c, x + r * c, 0, y + r * nd->out.c);
        y += c;
    }
}

static void concat_backward(const struct node *nd, struct pass *p)
{
    const real *dy = d_out_of(p, nd->id);
    for (int i = 0; i < nd->n_in; i++) {
        int c = p->net->node[nd->in[i]].out.c, rows = p->n * area_of(nd->out);
        real *dx = d_out_of(p, nd->in[i]);
        for (int r = 0; r < rows; r++)
            kernels->copy((size_t)c, dy + r * nd->out.c, nd->adds[i], dx + r * c);
        dy += c;
    }
}

static const struct op concat = {
    .name = "concat", .forward = concat_forward, .backward = concat_backward};

int nn_concat(struct net *t, int n_in, const int *in)
{
    struct shape out = t->node[in[0]].out;
    for (int i = 1; i < n_in; i++) {
        struct shape s = t->node[in[i]].out;
        CHECK(s.h == out.h && s.w == out.w);
        out.c += s.c;
    }
    return nn_node(t, &concat, n_in, in, out)->id;
}

/* y = x w' + b with w (c_out, c_in), both starting uniform on +-1/sqrt(c_in). */
static void linear_init(const struct node *nd, real *param, struct random *r)
{
    size_t n_in = (size_t)nd->c_in, n_out = (size_t)nd->out.c;
    nn_init_uniform(param, n_out * n_in + n_out, n_in, r);
}

static void linear_forward(const struct node *nd, struct pass *p)
{
    int n_in = nd->c_in, n_out = nd->out.c;
    const real *w = p->param + nd->param, *b = w + (size_t)n_in * (size_t)n_out;
    real *y = out_of(p, nd->id);
    for (int i = 0; i < p->n; i++)
        for (int c = 0; c < n_out; c++)
            y[i * n_out + c] = b[c];
    gemm(0, 1, p->n, n_out, n_in, out_of(p, nd->in[0]), n_in, w, n_in, 1, y, n_out);
}

static void linear_backward(const struct node *nd, struct pass *p)
{
    int n_in = nd->c_in, n_out = nd->out.c;
    const real *w = p->param + nd->param, *dy = d_out_of(p, nd->id);
    real *dw = p->grad + nd->param;
    gemm(1, 0, n_out, n_in, p->n, dy, n_out, out_of(p, nd->in[0]), n_in, 0, dw, n_in);
    kernels->column_sums((size_t)p->n, n_out, dy, dw + (size_t)n_in * (size_t)n_out);
    if (nd->in[0] != 0)
        gemm(0, 0, p->n, n_in, n_out, dy, n_out, w, n_in, nd->adds[0] ? 1 : 0,
             d_out_of(p, nd->in[0]), n_in);
}

static const struct op linear = {
    .name = "linear", .init = linear_init, .forward = linear_forward, .backward = linear_backward};

int nn_linear(struct net *t, int in, const char *name, int c)
{
    struct shape s = t->node[in].out;
    size_t n_in = shape_size(s);
    struct node *nd = nn_node(t, &linear, 1, &in, (struct shape){1, 1, c});
    nd->c_in = (int)n_in;
    nd->param = nn_param(t, name, "weight", 2, (size_t[]){(size_t)c, n_in});
    t->param[t->n_param_part - 1].area = (size_t)area_of(s);
    nn_param(t, name, "bias", 1, (size_t[]){(size_t)c});
    t->flops += 2.0 * (double)n_in * c;
    return nd->id;
}
