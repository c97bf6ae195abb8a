#include "train/conformance_model.h"
#include "core/npz.h"
#include "models/models.h"
#include "train/state_dict.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A batch and a model's vectors in the conformance file. */
struct trial {
    struct net net;
    struct arena arena;
    int n;
    real *x, *param, *grad, *stat;
    int32_t *y;
};

/* Images (n, c, h, w) become (n, h, w, c); token numbers (n, l) stay. */
static int read_input(struct trial *t, const double *theirs, const char *path, struct err *e)
{
    struct shape s = t->net.node[0].out;
    int area = s.h * s.w;
    for (int i = 0; i < t->n; i++)
        for (int c = 0; c < s.c; c++)
            for (int p = 0; p < area; p++)
                t->x[(i * area + p) * s.c + c] = (real)theirs[(i * s.c + c) * area + p];
    for (int i = 0; t->net.n_token && i < t->n * area; i++)
        if (!(theirs[i] >= 0 && theirs[i] < t->net.n_token && theirs[i] == floor(theirs[i])))
            return err_set(e, "%s: token number %g is not one from 0 to %d", path, theirs[i],
                           t->net.n_token - 1);
    return 0;
}

static int read_labels(struct trial *t, const double *theirs, const char *path, struct err *e)
{
    int n_class = net_n_class(&t->net);
    for (int i = 0; i < t->n; i++) {
        if (!(theirs[i] >= 0 && theirs[i] < n_class))
            return err_set(e, "%s: label %g is not from 0 to %d", path, theirs[i], n_class - 1);
        t->y[i] = (int32_t)theirs[i];
    }
    return 0;
}

static int read_param(struct trial *t, const struct npz *z, const char *path, struct err *e)
{
    for (int i = 0; i < t->net.n_param_part; i++) {
        const struct param *p = &t->net.param[i];
        if (state_dict_take_part(z, path, p->name, p, t->param + p->offset, e) < 0)
            return -1;
    }
    return 0;
}

/* Whether an array holds numbers and has n_dim dimensions, each of a size that models can have. */
static int fits(const struct npz_array *a, int n_dim)
{
    enum { MAX_DIM = 4096 };
    int fit = a->n_dim == n_dim && a->type[0] != 'U';
    for (int i = 0; i < n_dim && fit; i++)
        fit = a->dim[i] >= 1 && a->dim[i] <= MAX_DIM;
    return fit;
}

/* Build the model for arrays of these shapes and allocate everything. */
static int build(struct trial *t, const char *model, const struct npz_array *x, int n_class,
                 struct err *e)
{
    struct shape s = {(int)x->dim[1], 1, 1};
    struct random r;
    if (x->n_dim == 4)
        s = (struct shape){(int)x->dim[2], (int)x->dim[3], (int)x->dim[1]};
    if (model_build(&t->net, model, s, n_class, e) < 0)
        return -1;
    t->n = (int)x->dim[0];
    t->x = xcalloc(x->n, sizeof(real)), t->y = xcalloc((size_t)t->n, sizeof(int32_t));
    t->param = xcalloc(t->net.n_param, sizeof(real));
    t->grad = xcalloc(t->net.n_param, sizeof(real));
    t->stat = xcalloc(t->net.n_stat + 1, sizeof(real));
    arena_init(&t->arena, &t->net, t->n);
    random_init(&r, 1, RANDOM_TEST, 0, 0);
    net_init(&t->net, t->param, t->stat, &r); /* also sets the running statistics */
    return 0;
}

static int read_archive(struct trial *t, const struct npz *z, const char *model, const char *path,
                        struct err *e)
{
    const struct npz_array *x = npz_find(z, path, "x", e), *y = npz_find(z, path, "y", e);
    const struct npz_array *logits = npz_find(z, path, "logits", e);
    if (!x || !y || !logits)
        return -1;
    if ((!fits(x, 4) && !fits(x, 2)) || !fits(y, 1) || y->n != x->dim[0] || !fits(logits, 2))
        return err_set(e,
                       "%s: needs numbers x (n, c, h, w) or (n, l), y (n) and logits (n, "
                       "classes), 1 to 4096 a dimension",
                       path);
    if (build(t, model, x, (int)logits->dim[1], e) < 0)
        return -1;
    double *xs = npz_doubles(x), *ys = npz_doubles(y);
    int status = read_input(t, xs, path, e) < 0 || read_labels(t, ys, path, e) < 0 ? -1 : 0;
    free(xs), free(ys);
    return status < 0 ? -1 : read_param(t, z, path, e);
}

static int read_trial(struct trial *t, const char *model, const char *path, struct err *e)
{
    struct npz z;
    if (npz_read(&z, path, e) < 0)
        return -1;
    int status = read_archive(t, &z, model, path, e);
    npz_close(&z);
    return status;
}

static void add_reals(struct npz *z, const char *name, int n_dim, const size_t *dim, const real *v)
{
    npz_add(z, name, sizeof(real) == 4 ? "f4" : "f8", n_dim, dim, v);
}

/* Write the results of a training pass and an evaluation pass to an archive, in PyTorch's order. */
static int write_results(struct trial *t, const char *path, struct err *e)
{
    struct npz z = {0};
    size_t dim[] = {(size_t)t->n, (size_t)net_n_class(&t->net)};
    int right;
    double loss = net_train(&t->net, &t->arena, t->param, t->stat, t->n, t->x, t->y, NULL, t->grad);
    add_reals(&z, "logits", 2, dim, net_logits(&t->arena));
    npz_add(&z, "loss", "f8", 0, NULL, &loss);
    real *theirs = xcalloc(t->net.n_param + t->net.n_stat, sizeof(real));
    state_dict_flatten(&t->net, t->grad, t->stat, theirs);
    add_reals(&z, "grads", 1, &t->net.n_param, theirs);
    for (int i = 0; i < t->net.n_stat_part; i++) {
        const struct param *p = &t->net.stat[i];
        char name[64];
        snprintf(name, sizeof(name), "buffer/%s", p->name);
        add_reals(&z, name, 1, &p->n, t->stat + p->offset);
    }
    net_evaluate(&t->net, &t->arena, t->param, t->stat, t->n, t->x, t->y, &right);
    add_reals(&z, "eval_logits", 2, dim, net_logits(&t->arena));
    int status = npz_write(&z, path, e);
    npz_close(&z);
    free(theirs);
    return status;
}

int conformance_model(const char *model, const char *in, const char *out, struct err *e)
{
    struct trial *t = xcalloc(1, sizeof(*t));
    int status = nn_start(e);
    if (status == 0)
        status = read_trial(t, model, in, e);
    if (status == 0)
        status = write_results(t, out, e);
    arena_release(&t->arena);
    free(t->x), free(t->y), free(t->param), free(t->grad), free(t->stat), free(t);
    return status;
}
