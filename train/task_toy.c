#include "problems/problems.h"
#include "train/run.h"
#include "train/task.h"
#include <stdio.h>
#include <stdlib.h>

struct own {
    struct toy toy;
    union value value[MAX_PARAMETER];
};

static struct toy *toy_of(const struct task *t)
{
    return &((struct own *)t->own)->toy;
}

static int open(struct task *t, struct err *e)
{
    const struct problem *problem = config_problem(t->c);
    struct own *own = t->own = xcalloc(1, sizeof(*own));
    config_values(t->c, problem->parameter, own->value);
    toy_open(&own->toy, problem, own->value, (int)t->c->workers, (uint64_t)t->c->seed);
    t->d = own->toy.d, t->drawable = t->d <= PATH_DIM;
    return 0;
}

static double memory(const struct task *t, int count)
{
    return toy_memory(toy_of(t), count);
}

/* An epoch is one round; speed is also counted in rounds. */
static void start(struct task *t, struct workers *w)
{
    struct toy *toy = toy_of(t);
    toy_draw(toy, w->first, w->count);
    for (int i = 0; i < w->count; i++)
        toy_start(toy, w->at[i].id, w->at[i].vec[X]);
    t->steps_per_epoch = 1, t->units_per_epoch = 1;
}

static double gradient(struct task *t, struct worker *w, int i, int step)
{
    return toy_gradient(toy_of(t), i, step, w->vec[X], w->vec[G]);
}

/* The test loss is the mean of the workers' excess errors. */
static void test(struct task *t, struct optimizer *o, const real *mean, struct row *row)
{
    const struct toy *toy = toy_of(t);
    double *mine = xcalloc((size_t)o->w.count, sizeof(double)), sum = 0;
    double *all = xcalloc((size_t)o->w.n, sizeof(double));
    for (int i = 0; i < o->w.count; i++)
        mine[i] = toy->problem->excess(toy, o->w.at[i].vec[X]);
    gossip_gather(o->gossip, mine, 1, all);
    for (int i = 0; i < o->w.n; i++)
        sum += all[i];
    row->test_loss = sum / o->w.n;
    free(mine), free(all);
}

static void describe(const struct task *t, FILE *f)
{
    const struct problem *problem = toy_of(t)->problem;
    char words[256];
    fprintf(f, "%s, %s%s\n", t->c->dataset, problem->about,
            config_words(t->c, problem->parameter, words, sizeof(words)));
}

/* Nothing to add: configuration and code determine everything. */
static void trace(const struct task *t, cJSON *manifest)
{
}

static void close(struct task *t)
{
    toy_close(toy_of(t));
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
