/* net: building a list of nodes, and running it forward and backward. */
#include "nn/blas.h"
#include "nn/kernels/kernels.h"
#include "nn/nn.h"
#include "nn/plan.h"
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
    nn_node(t, &input, 0, NULL, shape);
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
}

static size_t at_least_one(size_t n)
{
    return n ? n : 1;
}

void arena_init(struct arena *a, const struct net *t, int n_max)
{
    size_t n = (size_t)n_max;
    a->n_max = n_max;
    a->act = xcalloc(n * t->n_act, sizeof(real));
    a->d_act = xcalloc(n * t->n_d_act, sizeof(real));
    a->keep = xcalloc(at_least_one(n * t->n_keep), sizeof(real));
    a->work = xcalloc(at_least_one(t->n_work), sizeof(real));
}

void arena_release(struct arena *a)
{
    free(a->act), free(a->d_act), free(a->keep), free(a->work);
    memset(a, 0, sizeof(*a));
}

size_t arena_bytes(const struct net *t, int n_max)
{
    return ((size_t)n_max * (t->n_act + t->n_d_act + t->n_keep) + t->n_work) * sizeof(real);
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

static struct pass pass_begin(const struct net *t, struct arena *a, const real *param, int n,
                              const real *x)
{
    CHECK(n >= 1 && n <= a->n_max);
    if (x != a->act)
        memcpy(a->act, x, (size_t)n * shape_size(t->node[0].out) * sizeof(real));
    return (struct pass){.net = t,
                         .n = n,
                         .param = param,
                         .act = a->act,
                         .d_act = a->d_act,
                         .keep = a->keep,
                         .work = a->work};
}

static const real *forward(struct pass *p)
{
    for (int i = 0; i < p->net->n_node; i++)
        p->net->node[i].op->forward(&p->net->node[i], p);
    return out_of(p, p->net->n_node - 1);
}

double net_train(const struct net *t, struct arena *a, const real *param, real *stat, int n,
                 const real *x, const int32_t *y, struct random *noise, real *grad)
{
    struct pass p = pass_begin(t, a, param, n, x);
    int last = t->n_node - 1, n_right;
    p.mode = PASS_TRAIN, p.stat = stat, p.grad = grad, p.noise = noise;
    a->logits = forward(&p);
    double loss =
        kernels->cross_entropy(n, net_n_class(t), a->logits, y, d_out_of(&p, last), &n_right);
    for (int i = last; i > 0; i--)
        t->node[i].op->backward(&t->node[i], &p);
    return loss / n;
}

double net_evaluate(const struct net *t, struct arena *a, const real *param, const real *stat,
                    int n, const real *x, const int32_t *y, int *n_right)
{
    struct pass p = pass_begin(t, a, param, n, x);
    p.mode = PASS_EVAL, p.stat = (real *)stat; /* evaluation only reads them */
    a->logits = forward(&p);
    return kernels->cross_entropy(n, net_n_class(t), a->logits, y, NULL, n_right);
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
    return a->act;
}

/* Weights in our order and in PyTorch's:
 *   two-dimensional convolution   (k, k, i, o)   (o, i, k, k)
 *   one-dimensional convolution   (o, k, i)      (o, i, k)
 *   everything else               the same */
static void permute(const struct param *p, const real *from, real *to, int export)
{
    if (p->n_dim < 3) {
        memcpy(to, from, p->n * sizeof(real));
        return;
    }
    size_t n_o = p->dim[0], n_i = p->dim[1], area = p->n / n_o / n_i;
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
