#include "sweep/cost.h"
#include "sweep/trial.h"
#include <stdio.h>
#include <string.h>

static const double enough = 0.5; /* seconds */

static int measure(struct cost_kind *k, const struct config *c, struct err *e)
{
    struct trial t;
    int n = 0;
    if (trial_open(&t, c, e) < 0)
        return -1;
    double begin = seconds_now();
    do
        trial_round(&t), n++;
    while (n < 2 || seconds_now() - begin < enough);
    k->step = (seconds_now() - begin) / n;
    k->test = trial_test(&t);
    k->start = t.load + t.start;
    k->bytes = t.bytes;
    k->steps_per_epoch = t.r.task.steps_per_epoch;
    trial_close(&t);
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
    cost->seconds = k->start + (double)(k->steps_per_epoch * c->epochs) * k->step +
                    config_evaluations(c) * k->test;
    cost->bytes = k->bytes;
    return 0;
}
