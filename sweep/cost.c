#include "sweep/cost.h"
#include "core/memory.h"
#include "nn/nn.h"
#include "train/run.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEST_SAMPLES = 256 };
static const double enough = 0.5; /* seconds */

static void gradient(void *context, int i)
{
    struct run *r = context;
    r->task.kind->gradient(&r->task, &r->o.w.at[i], i, (int)r->step);
}

/* The first round also allocates memory, so it is not timed. */
static double time_round(struct run *r)
{
    double begin = 0;
    int n = 0;
    do {
        struct tick k = {(int)r->step, r->c.lr, r->c.lr};
        optimizer_step(&r->o, k, gradient, r);
        r->step++;
        if (n++ == 0)
            begin = seconds_now();
    } while (n < 3 || seconds_now() - begin < enough);
    return (seconds_now() - begin) / (n - 1);
}

static double time_test(struct run *r)
{
    real *mean = xcalloc(r->o.w.length, sizeof(real));
    struct row row;
    double begin = seconds_now();
    r->task.kind->test(&r->task, &r->o, mean, &row);
    free(mean);
    return seconds_now() - begin;
}

/* Limit c's test samples for the measurement; *times: how many times longer the full test takes. */
static int shorten_test(struct config *c, double *times, struct err *e)
{
    struct dataset data;
    struct partition part;
    *times = 1;
    if (config_problem(c))
        return 0;
    if (run_data(c, &data, &part, e) < 0)
        return -1;
    int n = data.test.n;
    dataset_close(&data), partition_close(&part);
    if (c->holdout == 0 && n > TEST_SAMPLES)
        c->test_limit = TEST_SAMPLES, *times = (double)n / TEST_SAMPLES;
    return 0;
}

static int measure(struct cost_kind *k, const struct config *c, struct err *e)
{
    struct run r;
    double times;
    memset(&r, 0, sizeof(r));
    r.c = *c;
    if (nn_start(e) < 0 || shorten_test(&r.c, &times, e) < 0 || task_open(&r.task, &r.c, e) < 0)
        return -1;
    struct optimizer_request q = config_optimizer(c);
    if (optimizer_open(&r.o, &q, r.task.d, e) < 0) {
        task_close(&r.task);
        return -1;
    }
    k->bytes =
        memory_taken() + optimizer_memory(&r.o) + r.task.kind->memory(&r.task, (int)c->workers);
    optimizer_allocate(&r.o);
    r.task.kind->start(&r.task, &r.o.w);
    k->steps_per_epoch = r.task.steps_per_epoch;
    k->step = time_round(&r);
    k->test = time_test(&r) * times;
    optimizer_close(&r.o), task_close(&r.task);
    return 0;
}

int cost_of(struct cost_model *m, const struct config *c, struct cost *cost, struct err *e)
{
    char name[3 * CONFIG_TEXT];
    int i = 0;
    struct err ignored;
    const struct problem *problem = config_problem(c);
    const struct loader *l = problem ? NULL : loader_find(c->dataset, &ignored);
    int n = snprintf(name, sizeof(name), "%.200s %.200s %ld %ld %ld %ld %ld", c->dataset, c->model,
                     c->workers, c->batch_size, c->train_limit, c->test_limit, c->holdout);
    config_words(c,
                 problem ? problem->parameter
                 : l     ? l->parameter
                         : NULL,
                 name + n, sizeof(name) - (size_t)n);
    while (i < m->n && strcmp(m->kind[i].name, name) != 0)
        i++;
    if (i == COST_KINDS)
        m->n = i = 0;
    struct cost_kind *k = &m->kind[i];
    if (i == m->n) {
        if (measure(k, c, e) < 0)
            return -1;
        snprintf(k->name, sizeof(k->name), "%s", name);
        m->n++;
    }
    double n_test = ceil((double)c->epochs / c->eval_every);
    cost->seconds = (double)(k->steps_per_epoch * c->epochs) * k->step + n_test * k->test;
    cost->bytes = k->bytes;
    return 0;
}
