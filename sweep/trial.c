#include "sweep/trial.h"
#include "core/memory.h"
#include "nn/nn.h"
#include <stdlib.h>
#include <string.h>

enum { TEST_SAMPLES = 256 };

static void gradient(void *context, int i)
{
    struct trial *t = context;
    struct run *r = &t->r;
    double begin = seconds_now();
    r->task.kind->gradient(&r->task, &r->o.w.at[i], i, (int)r->step);
    t->gradient += seconds_now() - begin;
}

void trial_round(struct trial *t)
{
    struct run *r = &t->r;
    struct tick k = {(int)r->step, r->c.lr, r->c.lr};
    optimizer_step(&r->o, k, gradient, t);
    r->step++;
}

/* Limit c's test samples for the measurement; *times gets how many times longer the full test
 * takes. */
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

static double memory_without_vectors(const struct task *t, const struct config *c)
{
    return memory_taken() + t->kind->memory(t, (int)c->workers);
}

int trial_memory(const struct config *c, double *bytes, size_t *d, struct err *e)
{
    struct task t;
    if (nn_start(e) < 0 || task_open(&t, c, e) < 0)
        return -1;
    *bytes = memory_without_vectors(&t, c), *d = t.d;
    task_close(&t);
    return 0;
}

int trial_vectors(const struct config *c, size_t d, double *bytes, struct err *e)
{
    struct optimizer o = {.w = {0}};
    struct optimizer_request q = config_optimizer(c);
    if (optimizer_open(&o, &q, d, e) < 0)
        return -1;
    *bytes = optimizer_memory(&o);
    optimizer_close(&o);
    return 0;
}

int trial_open(struct trial *t, const struct config *c, struct err *e)
{
    struct run *r = &t->r;
    memset(t, 0, sizeof(*t));
    r->c = *c;
    if (nn_start(e) < 0 || shorten_test(&r->c, &t->test_times, e) < 0)
        return -1;
    double begin = seconds_now();
    if (task_open(&r->task, &r->c, e) < 0)
        return -1;
    double loaded = seconds_now();
    struct optimizer_request q = config_optimizer(&r->c);
    if (optimizer_open(&r->o, &q, r->task.d, e) < 0) {
        task_close(&r->task);
        return -1;
    }
    t->bytes = memory_without_vectors(&r->task, c);
    optimizer_allocate(&r->o);
    r->task.kind->start(&r->task, &r->o.w);
    trial_round(t);
    t->load = loaded - begin, t->start = seconds_now() - loaded;
    t->gradient = r->o.seconds_compute = r->o.seconds_mix = 0;
    return 0;
}

void trial_close(struct trial *t)
{
    optimizer_close(&t->r.o);
    task_close(&t->r.task);
}

double trial_test(struct trial *t)
{
    struct run *r = &t->r;
    real *mean = xcalloc(r->o.w.length, sizeof(real));
    struct row row;
    double begin = seconds_now();
    r->task.kind->test(&r->task, &r->o, mean, &row);
    free(mean);
    return (seconds_now() - begin) * t->test_times;
}
