#include "problems/problems.h"
#include "train/run.h"
#include "train/task.h"
#include <stdio.h>
#include <stdlib.h>

static int open(struct task *t, struct err *e)
{
    (void)e;
    const struct config *c = t->c;
    struct problem_request q = {.dim = (size_t)c->dim,
                                .heterogeneity = c->heterogeneity,
                                .conditioning = c->conditioning,
                                .noise = c->noise,
                                .n = (int)c->workers,
                                .seed = (uint64_t)c->seed};
    struct toy *toy = t->own = xcalloc(1, sizeof(*toy));
    toy_open(toy, config_problem(c), &q);
    t->d = toy->d, t->drawable = toy->d <= PATH_DIM;
    return 0;
}

static double memory(const struct task *t, int count)
{
    return toy_memory(t->own, count);
}

/* An epoch is one round, and so is what the speed counts. */
static void start(struct task *t, struct workers *w)
{
    struct toy *toy = t->own;
    toy_draw(toy, w->first, w->count);
    for (int i = 0; i < w->count; i++)
        toy_start(toy, w->at[i].id, w->at[i].vec[X]);
    t->steps_per_epoch = 1, t->units_per_epoch = 1;
}

static double gradient(struct task *t, struct worker *w, int i, int step)
{
    return toy_gradient(t->own, i, step, w->vec[X], w->vec[G]);
}

/* The mean over workers of their excess error stands where a network has its test loss. */
static void test(struct task *t, struct optimizer *o, const real *mean, struct row *row)
{
    const struct toy *toy = t->own;
    double *mine = xcalloc((size_t)o->w.count, sizeof(double)), sum = 0;
    double *all = xcalloc((size_t)o->w.n, sizeof(double));
    (void)mean;
    for (int i = 0; i < o->w.count; i++)
        mine[i] = toy->problem->excess(toy, o->w.at[i].vec[X]);
    gossip_gather(o->gossip, mine, 1, all);
    for (int i = 0; i < o->w.n; i++)
        sum += all[i];
    row->test_loss = sum / o->w.n;
    free(mine), free(all);
}

static void describe(const struct task *t)
{
    const struct toy *toy = t->own;
    unsigned uses = toy->problem->uses;
    printf("%s, %s", t->c->dataset, toy->problem->about);
    if (uses & PROBLEM_HETEROGENEITY)
        printf(", heterogeneity %g", toy->q.heterogeneity);
    if (uses & PROBLEM_CONDITIONING)
        printf(", conditioning %g", toy->q.conditioning);
    if (uses & PROBLEM_NOISE)
        printf(", noise %g", toy->q.noise);
    printf("\n");
}

static void trace(const struct task *t, cJSON *manifest)
{
    (void)t, (void)manifest; /* its configuration and the code say all */
}

static void close(struct task *t)
{
    toy_close(t->own);
    free(t->own);
}

const struct task_kind task_toy = {.unit = "rounds",
                                   .open = open,
                                   .memory = memory,
                                   .start = start,
                                   .gradient = gradient,
                                   .test = test,
                                   .describe = describe,
                                   .trace = trace,
                                   .close = close};
