/* train_step: a worker's training step (forward, loss, backward and x -= lr g) and evaluation, on
 * random images of CIFAR-10's shape or random texts of 64 tokens; items are samples.
 *
 * flops are net.flops, the multiply-adds of convolutions and linear layers, for evaluation, and
 * three times this number for a training step: forward, by weights, by data.  The first layer
 * counts in full, although its gradient by data is not computed (at most a fiftieth); norms are not
 * counted.  A fast convolution may need fewer flops.  A convolution with a maximum over time does:
 * its backward pass visits only the windows of the maxima. */
#include "bench/compare.h"
#include "bench/groups.h"
#include "models/models.h"
#include "nn/kernels/kernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 32, N_CLASS = 10 };
static const char *const models[] = {
    "resnet8-gn", "resnet20-bn", "resnet20-gn", "resnet20-evonorm",
    "vgg11-w4",   "vgg11-w8",    "vgg11-w16",   "textcnn-v20000-e128-c100"};

/* How far two kernel sets may differ, relative to the largest number: by rounding, and by a few
 * terms of a gradient where rounding changes the side of a ReLU or the position of a maximum. */
static const double TOLERANCE = 3e-3;

struct setup {
    struct net net;
    struct arena arena;
    real *x, *param, *grad, *stat;
    int32_t y[BATCH];
};

static struct setup *setup_open(const char *model)
{
    int text = !strncmp(model, "textcnn", 7);
    struct shape in = text ? (struct shape){64, 1, 1} : (struct shape){32, 32, 3};
    struct setup *s = xcalloc(1, sizeof(*s));
    struct random r;
    struct err e;
    if (model_build(&s->net, model, in, N_CLASS, &e) < 0)
        die("%s", e.text);
    arena_init(&s->arena, &s->net, BATCH);
    s->x = xcalloc(BATCH * shape_size(in), sizeof(real));
    s->param = xcalloc(s->net.n_param, sizeof(real));
    s->grad = xcalloc(s->net.n_param, sizeof(real));
    s->stat = xcalloc(s->net.n_stat + 1, sizeof(real));
    random_init(&r, 1, RANDOM_TEST, 0, 0);
    net_init(&s->net, s->param, s->stat, &r);
    for (size_t i = 0; i < BATCH * shape_size(in); i++)
        s->x[i] = text ? (real)random_below(&r, (uint32_t)s->net.n_token) : (real)random_normal(&r);
    for (int i = 0; i < BATCH; i++)
        s->y[i] = (int32_t)random_below(&r, N_CLASS);
    return s;
}

static void setup_close(struct setup *s)
{
    arena_release(&s->arena);
    free(s->x), free(s->param), free(s->grad), free(s->stat), free(s);
}

/* Both return the mean loss. */
static double step(struct setup *s)
{
    double loss =
        net_train(&s->net, &s->arena, s->param, s->stat, BATCH, s->x, s->y, NULL, s->grad);
    for (size_t k = 0; k < s->net.n_param; k++)
        s->param[k] -= (real)0.01 * s->grad[k];
    return loss;
}
static double evaluate(struct setup *s)
{
    int right;
    return net_evaluate(&s->net, &s->arena, s->param, s->stat, BATCH, s->x, s->y, &right) / BATCH;
}

/* The results of a step, which also updates running statistics, and an evaluation, with one set of
 * kernels. */
struct outcome {
    struct setup *s;
    real loss[2];
};
static struct outcome outcome_of(const struct kernels *set, const char *model)
{
    const struct kernels *in_use = kernels;
    struct outcome o;
    kernels = set;
    o.s = setup_open(model);
    o.loss[0] = (real)step(o.s);
    o.loss[1] = (real)evaluate(o.s);
    kernels = in_use;
    return o;
}

/* Compare the kernels in use with the plain ones. */
static void check(struct bench *b, const void *model)
{
    struct outcome got = outcome_of(kernels, model), want = outcome_of(&kernels_plain, model);
    size_t n = got.s->net.n_param, n_logit = BATCH * N_CLASS;
    const real *logits = net_logits(&want.s->arena);
    compare(b, "loss", 2, got.loss, want.loss, TOLERANCE * largest(2, want.loss));
    compare(b, "gradient", n, got.s->grad, want.s->grad, TOLERANCE * largest(n, want.s->grad));
    compare(b, "logits", n_logit, net_logits(&got.s->arena), logits,
            TOLERANCE * largest(n_logit, logits));
    setup_close(got.s), setup_close(want.s);
}

static void train_step(struct bench *b, const void *model)
{
    struct setup *s = setup_open(model);
    while (bench_next(b))
        step(s);
    bench_items(b, BATCH);
    bench_flops(b, 3 * BATCH * s->net.flops);
    setup_close(s);
}

static void eval(struct bench *b, const void *model)
{
    struct setup *s = setup_open(model);
    step(s); /* sets the running statistics */
    while (bench_next(b))
        evaluate(s);
    bench_items(b, BATCH);
    bench_flops(b, BATCH * s->net.flops);
    setup_close(s);
}

void add_train_steps(void)
{
    char name[96];
    for (size_t i = 0; i < LENGTH(models); i++) {
        snprintf(name, sizeof(name), "train_step/%s/batch:%d", models[i], BATCH);
        bench_add(name, check, train_step, models[i]);
    }
    for (size_t i = 0; i < LENGTH(models); i++) {
        snprintf(name, sizeof(name), "eval/%s", models[i]);
        bench_add(name, check, eval, models[i]);
    }
}
