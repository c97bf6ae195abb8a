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
    k->bytes = t.bytes, k->d = t.r.task.d;
    k->steps_per_epoch = t.r.task.steps_per_epoch;
    trial_close(&t);
    return 0;
}

/* The runs that differ from c only in what does not matter here; a new kind is all 0. */
static struct cost_kind *kind_of(struct cost_model *m, const struct config *c)
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
        memset(k, 0, sizeof(*k));
        snprintf(k->name, sizeof(k->name), "%s", name);
        m->n++;
    }
    return k;
}

int cost_memory(struct cost_model *m, const struct config *c, double *bytes, struct err *e)
{
    struct cost_kind *k = kind_of(m, c);
    if ((k->bytes == 0 && trial_memory(c, &k->bytes, &k->d, e) < 0) ||
        trial_vectors(c, k->d, bytes, e) < 0)
        return -1;
    *bytes += k->bytes;
    return 0;
}

int cost_of(struct cost_model *m, const struct config *c, struct cost *cost, struct err *e)
{
    struct cost_kind *k = kind_of(m, c);
    if ((k->step == 0 && measure(k, c, e) < 0) || cost_memory(m, c, &cost->bytes, e) < 0)
        return -1;
    cost->seconds = k->start + (double)(k->steps_per_epoch * c->epochs) * k->step +
                    config_evaluations(c) * k->test;
    return 0;
}
