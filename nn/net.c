/* net: building a list of nodes, and running it forward and backward. */
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include "nn/plan.h"
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int nn_start(struct err *e)
{
    return blas_start(e) < 0 || kernels_start(e) < 0 ? -1 : 0;
}

struct node *nn_node(struct net *t, const struct op *op, int n_in, const int *in, struct shape out)
{
    CHECK(t->n_node < NN_MAX_NODE && n_in <= NN_MAX_IN);
    struct node *nd = &t->node[t->n_node];
    nd->op = op, nd->id = t->n_node++, nd->n_in = n_in, nd->out = out;
    for (int i = 0; i < n_in; i++) {
        CHECK(in[i] >= 0 && in[i] < nd->id);
        nd->in[i] = in[i];
    }
    nd->act = nd->eval = nd->d_act = t->n_act; /* until net_finish */
    t->n_act = t->n_d_act = t->n_act + plan_align(shape_size(out));
    return nd;
}

static struct param *part_add(struct param *list, int *n_list, size_t *total, const char *name,
                              const char *part, int n_dim, const size_t *dim)
{
    CHECK(*n_list < NN_MAX_PARAM && n_dim <= 4);
    struct param *p = &list[(*n_list)++];
    CHECK(snprintf(p->name, sizeof(p->name), "%s.%s", name, part) < (int)sizeof(p->name));
    p->n_dim = n_dim, p->n = 1, p->offset = *total;
    for (int i = 0; i < n_dim; i++)
        p->dim[i] = dim[i], p->n *= dim[i];
    *total += p->n;
    return p;
}

size_t nn_param(struct net *t, const char *name, const char *part, int n_dim, const size_t *dim)
{
    return part_add(t->param, &t->n_param_part, &t->n_param, name, part, n_dim, dim)->offset;
}

size_t nn_stat(struct net *t, const char *name, const char *part, size_t n)
{
    return part_add(t->stat, &t->n_stat_part, &t->n_stat, name, part, 1, &n)->offset;
}

size_t nn_keep(struct net *t, size_t n)
{
    size_t at = t->n_keep;
    t->n_keep += plan_align(n);
    return at;
}

void nn_work(struct net *t, size_t n)
{
    if (n > t->n_work)
        t->n_work = n;
}

void nn_init_uniform(real *v, size_t n, size_t fan_in, struct random *r)
{
    double bound = 1 / sqrt((double)fan_in);
    for (size_t i = 0; i < n; i++)
        v[i] = (real)(bound * (2 * random_uniform(r) - 1));
}

static void nothing(const struct node *nd, struct pass *p)
{
}
static const struct op input = {.name = "input", .forward = nothing, .backward = nothing};

void net_begin(struct net *t, struct shape shape)
{
    memset(t, 0, sizeof(*t));
    t->n_pass = INT_MAX; /* until net_finish */
    nn_node(t, &input, 0, NULL, shape);
}

/* Choose n_pass so that activations and gradients stay in cache, unless the weights, which every
 * pass reads and transforms, take up most of the memory. */
static void set_pass(struct net *t)
{
    enum { CACHE = 1 << 20, WEIGHTS = 6 }; /* numbers; passes over the weights that cost as much */
    size_t each = t->n_act + t->n_d_act + t->n_keep;
    size_t cached = CACHE / each, worth = WEIGHTS * t->n_param / each + 1;
    if (!t->coupled)
        t->n_pass = (int)(cached > worth ? cached : worth);
}

/* Decide which nodes write a gradient and which add to it: backward runs from the last node to the
 * first. */
void net_finish(struct net *t)
{
    char written[NN_MAX_NODE] = {0};
    for (int i = t->n_node - 1; i > 0; i--) {
        struct node *nd = &t->node[i];
        for (int k = nd->n_in - 1; k >= 0; k--) { /* norm adds to in[1] first */
            struct node *from = &t->node[nd->in[k]];
            CHECK(from->act != nd->act || !written[from->id]); /* in place: the only reader */
            nd->adds[k] = written[from->id];
            written[from->id] = 1;
        }
    }
    struct shape s = t->node[t->n_node - 1].out;
    CHECK(s.h == 1 && s.w == 1 && s.c <= NN_MAX_CLASS);
    plan_gradients(t);
    plan_evaluation(t);
    set_pass(t);
}

static size_t at_least_one(size_t n)
{
    return n ? n : 1;
}

static size_t pass_max(const struct net *t, int n_max)
{
    return (size_t)(n_max < t->n_pass ? n_max : t->n_pass);
}

static size_t grad_size(const struct net *t, int n_max)
{
    return n_max > t->n_pass ? t->n_param : 0;
}

void arena_init(struct arena *a, const struct net *t, int n_max)
{
    size_t n = pass_max(t, n_max), n_all = (size_t)n_max;
    a->n_max = n_max;
    a->input = xcalloc(n_all * shape_size(t->node[0].out), sizeof(real));
    a->logits = xcalloc(n_all * (size_t)net_n_class(t), sizeof(real));
    a->act = xcalloc(n * t->n_act, sizeof(real));
    a->d_act = xcalloc(n * t->n_d_act, sizeof(real));
    a->keep = xcalloc(at_least_one(n * t->n_keep), sizeof(real));
    a->work = xcalloc(at_least_one(t->n_work), sizeof(real));
    a->grad = xcalloc(at_least_one(grad_size(t, n_max)), sizeof(real));
}

void arena_release(struct arena *a)
{
    free(a->input), free(a->logits);
    free(a->act), free(a->d_act), free(a->keep), free(a->work), free(a->grad);
    memset(a, 0, sizeof(*a));
}

size_t arena_bytes(const struct net *t, int n_max)
{
    size_t batch = (size_t)n_max * (shape_size(t->node[0].out) + (size_t)net_n_class(t));
    size_t pass = pass_max(t, n_max) * (t->n_act + t->n_d_act + t->n_keep);
    return (batch + pass + t->n_work + grad_size(t, n_max)) * sizeof(real);
}

void net_init(const struct net *t, real *param, real *stat, struct random *r)
{
    for (int i = 0; i < t->n_node; i++)
        if (t->node[i].op->init)
            t->node[i].op->init(&t->node[i], param + t->node[i].param, r);
    for (int i = 0; i < t->n_stat_part; i++) { /* running means start at 0, variances at 1 */
        const struct param *s = &t->stat[i];
        real start = strstr(s->name, "running_var") ? 1 : 0;
        for (size_t k = 0; k < s->n; k++)
            stat[s->offset + k] = start;
    }
}

/* Run examples first to first + n of a batch forward and write their logits to their rows. */
static const real *forward(struct pass *p, struct arena *a, int first, int n, const real *x)
{
    const struct net *t = p->net;
    size_t size = shape_size(t->node[0].out), n_class = (size_t)net_n_class(t);
    real *logits = a->logits + (size_t)first * n_class;
    p->n = n, p->first = first;
    memcpy(p->act, x + (size_t)first * size, (size_t)n * size * sizeof(real));
    for (int i = 0; i < t->n_node; i++)
        t->node[i].op->forward(&t->node[i], p);
    memcpy(logits, out_of(p, t->n_node - 1), (size_t)n * n_class * sizeof(real));
    return logits;
}

struct pass net_pass(const struct net *t, const struct arena *a, const real *param)
{
    return (struct pass){.net = t,
                         .param = param,
                         .act = a->act,
                         .d_act = a->d_act,
                         .keep = a->keep,
                         .work = a->work};
}

/* How many of the remaining n examples run next: they are divided into equal parts of at most
 * n_pass. */
static int next_pass(const struct net *t, int n)
{
    int n_part = (n - 1) / t->n_pass + 1;
    return (n - 1) / n_part + 1;
}

double net_train(const struct net *t, struct arena *a, const real *param, real *stat, int n,
                 const real *x, const int32_t *y, struct random *noise, real *grad)
{
    struct pass p = net_pass(t, a, param);
    int last = t->n_node - 1, n_right;
    double loss = 0;
    CHECK(n >= 1 && n <= a->n_max);
    p.mode = PASS_TRAIN, p.stat = stat, p.noise = noise, p.n_all = n;
    for (int i = 0; i < n; i += p.n) {
        const real *logits = forward(&p, a, i, next_pass(t, n - i), x);
        loss += kernels->cross_entropy(p.n, net_n_class(t), logits, y + i, n, d_out_of(&p, last),
                                       &n_right);
        p.grad = i ? a->grad : grad;
        for (int k = last; k > 0; k--)
            t->node[k].op->backward(&t->node[k], &p);
        if (i)
            kernels->copy(t->n_param, a->grad, 1, grad);
    }
    return loss / n;
}

double net_evaluate(const struct net *t, struct arena *a, const real *param, const real *stat,
                    int n, const real *x, const int32_t *y, int *n_right)
{
    struct pass p = net_pass(t, a, param);
    CHECK(n >= 1 && n <= a->n_max);
    p.mode = PASS_EVAL, p.stat = (real *)stat; /* evaluation only reads them */
    for (int i = 0; i < n; i += p.n)
        forward(&p, a, i, next_pass(t, n - i), x);
    return kernels->cross_entropy(n, net_n_class(t), a->logits, y, n, NULL, n_right);
}

const real *net_logits(const struct arena *a)
{
    return a->logits;
}

int net_n_class(const struct net *t)
{
    return t->node[t->n_node - 1].out.c;
}

real *net_input(const struct arena *a)
{
    return a->input;
}

/* Weights in our order and in PyTorch's:
 *   two-dimensional convolution   (k, k, i, o)   (o, i, k, k)
 *   one-dimensional convolution   (o, k, i)      (o, i, k)
 *   linear after k = h w pixels   (o, k, i)      (o, i, k), as PyTorch flattens (i, h, w)
 *   everything else               the same */
static void permute(const struct param *p, const real *from, real *to, int export)
{
    if (p->n_dim < 3 && p->area <= 1) {
        memcpy(to, from, p->n * sizeof(real));
        return;
    }
    size_t n_o = p->dim[0], n_i = p->dim[1] / (p->area ? p->area : 1), area = p->n / n_o / n_i;
    for (size_t o = 0; o < n_o; o++)
        for (size_t i = 0; i < n_i; i++)
            for (size_t k = 0; k < area; k++) {
                size_t theirs = (o * n_i + i) * area + k;
                size_t ours = p->n_dim == 4 ? (k * n_i + i) * n_o + o : (o * area + k) * n_i + i;
                to[export ? theirs : ours] = from[export ? ours : theirs];
            }
}

void param_export(const struct param *p, const real *ours, real *theirs)
{
    permute(p, ours, theirs, 1);
}

void param_import(const struct param *p, const real *theirs, real *ours)
{
    permute(p, theirs, ours, 0);
}
