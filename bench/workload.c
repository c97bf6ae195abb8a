#include "bench/workload.h"
#include "loaders/dataset.h"
#include "models/models.h"
#include "train/run.h"
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS = 64, N_CLASS = 10 };
/* What scripts/peers and the nightly gate measure. */
static const char *const others[] = {
    "resnet8-gn", "resnet20-bn", "resnet20-gn", "resnet20-evonorm",
    "vgg11-w4",   "vgg11-w8",    "vgg11-w16",   "textcnn-v20000-e128-c100"};
static struct workloads all;

void experiments_visit(const char *tier, void (*visit)(const struct experiment *x))
{
    char pattern[PATH_LENGTH], named[EXPERIMENT_NAME];
    glob_t found;
    struct err e;
    if (path_print(pattern, &e, "%s/*.json", path_in_root("experiments")) < 0)
        die("%s", e.text);
    if (glob(pattern, 0, NULL, &found) != 0)
        die("%s: there are no such files", pattern);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct experiment x;
        const struct experiment_request q = {.tier = tier};
        if (experiment_check(found.gl_pathv[i], named, &e) < 0)
            die("%s", e.text);
        if (experiment_open(&x, found.gl_pathv[i], &q, &e) < 0)
            continue; /* the file is right, so it only lacks the tier */
        visit(&x);
        experiment_close(&x);
    }
    globfree(&found);
}

void workloads_add(struct workloads *list, const struct workload *w)
{
    int i = 0;
    while (i < list->n && memcmp(&list->at[i], w, sizeof(*w)) != 0)
        i++;
    CHECK(i < WORKLOADS);
    list->at[i] = *w;
    list->n += i == list->n;
}

static void add(const char *model, int batch, struct shape sample)
{
    struct workload w = {.batch = batch, .sample = sample};
    snprintf(w.model, sizeof(w.model), "%s", model);
    workloads_add(&all, &w);
}

static void add_experiment(const struct experiment *x)
{
    for (int i = 0; i < x->n_cell; i++) {
        const struct config *c = &x->cell[i].c;
        if (!config_problem(c))
            add(c->model, (int)c->batch_size, run_sample(c));
    }
}

const struct workloads *workloads_all(void)
{
    if (all.n == 0) {
        experiments_visit("quick", add_experiment);
        experiments_visit("standard", add_experiment);
        for (size_t i = 0; i < LENGTH(others); i++)
            add(others[i], 32,
                strncmp(others[i], "textcnn", 7) ? (struct shape){32, 32, 3}
                                                 : (struct shape){TOKENS, 1, 1});
    }
    return &all;
}

void workloads_bench(const struct workloads *list, const char *group,
                     void (*check)(struct bench *b, const void *context),
                     void (*run)(struct bench *b, const void *context))
{
    for (int i = 0; i < list->n; i++) {
        const struct workload *w = &list->at[i];
        char tokens[32] = "", name[2 * CONFIG_TEXT];
        if (w->sample.w == 1 && w->sample.h != TOKENS)
            snprintf(tokens, sizeof(tokens), "/tokens:%d", w->sample.h);
        snprintf(name, sizeof(name), "%s/%s%s/batch:%d", group, w->model, tokens, w->batch);
        bench_add(name, check, run, w);
    }
}

/* A token whose probability is nearly proportional to 1 / (its number + 1), as that of words is
 * (Zipf's law). */
static real random_token(int n_token, struct random *r)
{
    return (real)(floor(pow(n_token, random_uniform(r))) - 1);
}

struct training *training_open(const struct workload *w)
{
    struct training *s = xcalloc(1, sizeof(*s));
    size_t batch = (size_t)w->batch, n = batch * shape_size(w->sample);
    struct err e;
    if (model_build(&s->net, w->model, w->sample, N_CLASS, &e) < 0)
        die("%s", e.text);
    arena_init(&s->arena, &s->net, w->batch);
    s->batch = w->batch;
    s->x = xcalloc(n, sizeof(real));
    s->y = xcalloc(batch, sizeof(*s->y));
    s->param = xcalloc(s->net.n_param, sizeof(real));
    s->grad = xcalloc(s->net.n_param, sizeof(real));
    s->stat = xcalloc(s->net.n_stat + 1, sizeof(real));
    random_init(&s->random, 1, RANDOM_TEST, 0, 0);
    net_init(&s->net, s->param, s->stat, &s->random);
    for (size_t i = 0; i < n; i++)
        s->x[i] = s->net.n_token ? random_token(s->net.n_token, &s->random)
                                 : (real)random_normal(&s->random);
    for (size_t i = 0; i < batch; i++)
        s->y[i] = (int32_t)random_below(&s->random, N_CLASS);
    return s;
}

void training_close(struct training *s)
{
    arena_release(&s->arena);
    free(s->x), free(s->y), free(s->param), free(s->grad), free(s->stat), free(s);
}
