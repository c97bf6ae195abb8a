/* stage: one node under test after a stand-in for the layers before it; the test itself writes the
 * stand-in's output and reads its gradient. */
#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H
#include "tests/naive.h"

struct stage {
    struct net net;
    struct arena arena;
    struct pass pass;
    int n, in, in2, id; /* examples; the stand-ins; the node under test, which the test adds */
    size_t n_x, n_y;
    real *param, *grad, *stat;
    double *x; /* (n_x) a copy of the first stand-in's output before the node ran */
};

static inline void stage_begin(struct stage *s, int n, int h, int w, int c)
{
    memset(s, 0, sizeof(*s));
    s->n = n;
    net_begin(&s->net, (struct shape){h, w, 1});
    s->in = nn_conv(&s->net, 0, "stand-in", c, 1, 1, 0);
    s->in2 = nn_conv(&s->net, 0, "stand-in2", c, 1, 1, 0);
}

/* Allocate memory and set operands by formula: inputs from streams 1 and 2, parameters from stream
 * 3, dy from stream 4. */
static inline void stage_ready(struct stage *s, int id)
{
    const struct net *t = &s->net;
    s->id = id;
    arena_init(&s->arena, t, s->n);
    s->param = guarded_units(t->n_param, 3), s->grad = guarded(t->n_param);
    s->stat = guarded(t->n_stat);
    for (size_t i = 0; i < t->n_stat; i++)
        s->stat[i] = (real)(1 + 0.5 * formula(5, (uint32_t)i));
    s->pass = net_pass(t, &s->arena, s->param);
    s->pass.n = s->n, s->pass.mode = PASS_TRAIN;
    s->pass.grad = s->grad, s->pass.stat = s->stat;
    s->n_x = (size_t)s->n * shape_size(t->node[s->in].out);
    s->n_y = (size_t)s->n * shape_size(t->node[id].out);
    for (size_t i = 0; i < s->n_x; i++) {
        out_of(&s->pass, s->in)[i] = (real)formula_unit(1, (uint32_t)i);
        out_of(&s->pass, s->in2)[i] = (real)formula_unit(2, (uint32_t)i);
        d_out_of(&s->pass, s->in)[i] = d_out_of(&s->pass, s->in2)[i] = (real)NAN;
    }
    s->x = doubles_of(out_of(&s->pass, s->in), s->n_x);
}

static inline const real *stage_forward(struct stage *s)
{
    s->net.node[s->id].op->forward(&s->net.node[s->id], &s->pass);
    return out_of(&s->pass, s->id);
}

/* Run the node's backward pass with dy; returns the gradient of the first input. */
static inline const real *stage_backward(struct stage *s)
{
    for (size_t i = 0; i < s->n_y; i++)
        d_out_of(&s->pass, s->id)[i] = (real)formula_unit(4, (uint32_t)i);
    s->net.node[s->id].op->backward(&s->net.node[s->id], &s->pass);
    return d_out_of(&s->pass, s->in);
}

static inline void stage_end(struct stage *s)
{
    guarded_free(s->param, s->net.n_param), guarded_free(s->grad, s->net.n_param);
    guarded_free(s->stat, s->net.n_stat);
    arena_release(&s->arena);
    free(s->x);
}

/* The naive output of the node, weighted with dy: the loss whose gradient backward computes. */
struct stage_naive {
    const struct stage *s;
    double *x, *x2, *param, *y;
};
static inline double stage_naive_loss(void *context)
{
    struct stage_naive *v = context;
    const struct stage *s = v->s;
    double sum = 0;
    naive_node(&s->net, &s->net.node[s->id], s->n, v->param, NULL,
               (const double *[NN_MAX_IN]){v->x, v->x2}, v->y);
    for (size_t i = 0; i < s->n_y; i++)
        sum += (double)(real)formula_unit(4, (uint32_t)i) * v->y[i];
    return sum;
}

/* Check the backward pass when it writes gradients and, if the node can, when it adds to them. */
static inline void stage_check_backward(struct stage *s, double *want_x, double *want_x2, int adds)
{
    struct node *nd = &s->net.node[s->id];
    for (int add = 0; add <= adds; add++) {
        nd->adds[0] = nd->adds[1] = add;
        for (size_t i = 0; add && i < s->n_x; i++) {
            d_out_of(&s->pass, s->in)[i] = 3, want_x[i] += 3;
            d_out_of(&s->pass, s->in2)[i] = 5, want_x2[i] += 5;
        }
        check_array(stage_backward(s), want_x, s->n_x, DIFFERENCE);
        if (nd->n_in == 2)
            check_array(d_out_of(&s->pass, s->in2), want_x2, s->n_x, DIFFERENCE);
    }
}

/* Check forward and backward of a node with the input s->in, or both inputs, against the
 * definition.  The parameters of the stand-ins, before the node's own, must not change. */
static inline void stage_check(struct stage *s, int adds)
{
    size_t from = s->net.node[s->id].param, n_own = from ? s->net.n_param - from : 0;
    struct stage_naive v = {s, doubles_of(out_of(&s->pass, s->in), s->n_x),
                            doubles_of(out_of(&s->pass, s->in2), s->n_x),
                            doubles_of(s->param, s->net.n_param), xcalloc(s->n_y, sizeof(double))};
    double *want_x = xcalloc(s->n_x, sizeof(double)), *want_x2 = xcalloc(s->n_x, sizeof(double)),
           *want_p = xcalloc(n_own + 1, sizeof(double));
    stage_naive_loss(&v);
    check_array(stage_forward(s), v.y, s->n_y, ROUNDING);
    naive_gradient(stage_naive_loss, &v, v.x, s->n_x, want_x);
    if (s->net.node[s->id].n_in == 2)
        naive_gradient(stage_naive_loss, &v, v.x2, s->n_x, want_x2);
    naive_gradient(stage_naive_loss, &v, v.param + from, n_own, want_p);
    stage_check_backward(s, want_x, want_x2, adds);
    if (from > 0)
        check_array(s->grad + from, want_p, n_own, DIFFERENCE);
    for (size_t i = 0; i < from; i++)
        assert_true(isnan((double)s->grad[i]));
    free(v.x), free(v.x2), free(v.param), free(v.y), free(want_x), free(want_x2), free(want_p);
}
#endif
