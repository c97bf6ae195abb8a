/* run: how long a run of each quick table takes on one rank, and for what.  For each network of a
 * table, the last run with it: a few rounds and a part of its test stand for the whole.  The time
 * is that of a round of all workers.  Counters: the seconds of the whole run, and in percent of it
 *   forward_backward  gradients, which includes drawing batches
 *   optimizer         weight decay and what the method does before mixing
 *   mixing            mixing, and what the method does after it
 *   evaluation        all evaluations
 *   loading           reading and hashing the data, and dividing them
 *   starting          start of the program, initial parameters, and the first round */
#include "bench/groups.h"
#include "bench/workload.h"
#include "sweep/trial.h"
#include "train/progress.h"
#include <stdio.h>
#include <string.h>

enum { MOST = 64 };
struct table {
    char name[2 * CONFIG_TEXT];
    struct config c;
};
static struct table tables[MOST];
static size_t n_table;
static double program; /* seconds that it took to start */

/* The trial that is open.  A benchmark is run several times, but its data are loaded once. */
static struct {
    const struct table *of; /* NULL: none */
    struct trial trial;
    double test;
    int is_generated;
} now;

static int open_trial(const struct table *t, struct err *e)
{
    struct config c = t->c;
    struct dataset_request q = {.name = c.dataset,
                                .dir = c.data_dir,
                                .train_limit = (int)c.train_limit,
                                .test_limit = (int)c.test_limit,
                                .classes = (int)c.classes,
                                .seed = 1};
    if (now.of)
        trial_close(&now.trial), now.of = NULL;
    now.is_generated = load_generate(&q, e) == 0;
    if (path_copy(c.data_dir, sizeof(c.data_dir), q.dir, e) < 0 ||
        trial_open(&now.trial, &c, e) < 0)
        return -1;
    now.of = t, now.test = trial_test(&now.trial);
    return 0;
}

static void show(struct bench *b, const struct trial *t)
{
    const struct optimizer *o = &t->r.o;
    double rounds = (double)(t->r.task.steps_per_epoch * t->r.c.epochs);
    double each = rounds / (double)(t->r.step - 1); /* the first is not in the sums */
    const struct {
        const char *name;
        double seconds;
    } part[] = {{"forward_backward", each * t->gradient},
                {"optimizer", each * (o->seconds_compute - t->gradient)},
                {"mixing", each * o->seconds_mix},
                {"evaluation", config_evaluations(&t->r.c) * now.test},
                {"loading", t->load},
                {"starting", program + t->start}};
    double all = 0;
    for (size_t i = 0; i < LENGTH(part); i++)
        all += part[i].seconds;
    bench_number(b, "seconds", all);
    for (size_t i = 0; i < LENGTH(part); i++)
        bench_share(b, part[i].name, part[i].seconds, all);
}

static void run(struct bench *b, const void *table)
{
    struct err e;
    if (now.of != table && open_trial(table, &e) < 0) {
        bench_skip(b, e.text);
        return;
    }
    while (bench_next(b))
        trial_round(&now.trial);
    show(b, &now.trial);
    if (now.is_generated)
        bench_note(b, "generated files");
}

static void add_tables(const struct experiment *x)
{
    for (int i = 0; i < x->n_cell; i++) {
        const struct config *c = &x->cell[i].c;
        struct table t = {.c = *c};
        size_t k = 0;
        snprintf(t.name, sizeof(t.name), "run/%s/%s", x->name,
                 config_problem(c) ? c->dataset : c->model);
        while (k < n_table && strcmp(tables[k].name, t.name) != 0)
            k++;
        CHECK(k < MOST);
        tables[k] = t;
        n_table += k == n_table;
    }
}

void add_runs(double seconds)
{
    program = seconds;
    progress_label(""); /* be quiet */
    experiments_visit("quick", add_tables);
    for (size_t i = 0; i < n_table; i++)
        bench_add(tables[i].name, NULL, run, &tables[i]);
}
