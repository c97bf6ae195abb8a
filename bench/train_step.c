/* train_step: a worker's training step, forward, loss, backward and x -= lr g, and evaluation, on
 * random images of CIFAR-10's shape; items are samples. */
#include "bench/groups.h"
#include "models/models.h"
#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 32, N_CLASS = 10 };
static const char *const models[] = {"resnet20-bn", "resnet20-gn", "resnet20-evonorm", "vgg11-w8",
                                     "vgg11-w16"};

struct setup {
    struct net net;
    struct arena arena;
    real *x, *param, *grad, *stat;
    int32_t y[BATCH];
};

static struct setup *setup_open(const char *model)
{
    struct shape image = {32, 32, 3};
    struct setup *s = xcalloc(1, sizeof(*s));
    struct random r;
    struct err e;
    if (model_build(&s->net, model, image, N_CLASS, &e) < 0)
        die("%s", e.text);
    arena_init(&s->arena, &s->net, BATCH);
    s->x = xcalloc(BATCH * shape_size(image), sizeof(real));
    s->param = xcalloc(s->net.n_param, sizeof(real));
    s->grad = xcalloc(s->net.n_param, sizeof(real));
    s->stat = xcalloc(s->net.n_stat + 1, sizeof(real));
    random_init(&r, 1, RANDOM_TEST, 0, 0);
    net_init(&s->net, s->param, s->stat, &r);
    for (size_t i = 0; i < BATCH * shape_size(image); i++)
        s->x[i] = (real)random_normal(&r);
    for (int i = 0; i < BATCH; i++)
        s->y[i] = (int32_t)random_below(&r, N_CLASS);
    return s;
}

static void setup_close(struct setup *s)
{
    arena_release(&s->arena);
    free(s->x), free(s->param), free(s->grad), free(s->stat), free(s);
}

static void step(struct setup *s)
{
    net_train(&s->net, &s->arena, s->param, s->stat, BATCH, s->x, s->y, s->grad);
    for (size_t k = 0; k < s->net.n_param; k++)
        s->param[k] -= (real)0.01 * s->grad[k];
}

static void train_step(struct bench *b, const void *model)
{
    struct setup *s = setup_open(model);
    while (bench_next(b))
        step(s);
    bench_items(b, BATCH);
    setup_close(s);
}

static void eval(struct bench *b, const void *model)
{
    struct setup *s = setup_open(model);
    int right;
    step(s); /* so that there are running statistics */
    while (bench_next(b))
        net_evaluate(&s->net, &s->arena, s->param, s->stat, BATCH, s->x, s->y, &right);
    bench_items(b, BATCH);
    setup_close(s);
}

void add_train_steps(void)
{
    char name[96];
    for (size_t i = 0; i < LENGTH(models); i++) {
        snprintf(name, sizeof(name), "train_step/%s/batch:%d", models[i], BATCH);
        bench_add(name, train_step, models[i]);
    }
    for (size_t i = 0; i < LENGTH(models); i++) {
        snprintf(name, sizeof(name), "eval/%s/batch:%d", models[i], BATCH);
        bench_add(name, eval, models[i]);
    }
}
