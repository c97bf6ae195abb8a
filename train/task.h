/* task: what the workers train: a network on a data set (task_network.c) or a toy problem
 * (task_toy.c).  The loop, checkpoints and records know a task only through this interface. */
#pragma once
#include "train/config.h"
#include "train/optimizer.h"
#include <cJSON.h>
#include <stdio.h>

struct row;
struct task;
struct task_kind {
    const char *unit; /* the unit of its speed */
    /* Check what can be checked before anything is loaded; NULL: nothing to check. */
    int (*check)(const struct config *c, struct err *e);
    /* Load and check the task of t->c, and set t->d and t->n_stat. */
    int (*open)(struct task *t, struct err *e);
    /* The bytes that `start` and later evaluations will need for count workers. */
    double (*memory)(const struct task *t, int count);
    /* Allocate memory; write the local workers' initial x and statistics; set steps_per_epoch and
     * units_per_epoch. */
    void (*start)(struct task *t, struct workers *w);
    /* Write the stochastic gradient of local worker i at its x into its G; returns the loss. */
    double (*gradient)(struct task *t, struct worker *w, int i, int step);
    /* Fill in the row's measures of the models, complete at the root only; mean (d) is the mean of
     * all workers' x.  Collective. */
    void (*test)(struct task *t, struct optimizer *o, const real *mean, struct row *row);
    /* Print a description for people, after "METHOD, GRAPH, n = 16, ". */
    void (*describe)(const struct task *t, FILE *f);
    /* Add the task's part of a manifest. */
    void (*trace)(const struct task *t, cJSON *manifest);
    /* Write the task's own files into dir; NULL: it has no files. */
    int (*save)(const struct task *t, const char *dir, struct err *e);
    /* Release everything; also called after a failed open. */
    void (*close)(struct task *t);
};
extern const struct task_kind task_network, task_toy;

struct task {
    const struct task_kind *kind;
    const struct config *c; /* the run's configuration */
    size_t d;               /* number of parameters that each worker trains */
    size_t n_stat;
    real *stat; /* (count, n_stat) running statistics of each local worker, never mixed */
    long steps_per_epoch;
    double units_per_epoch; /* of all workers together */
    int drawable;           /* d is small enough to draw the workers' path */
    double *accuracy;       /* (n) each worker's test accuracy when last tested, in percent, at the
                             * root; NULL: workers are not tested one by one */
    void *own;              /* data of the kind of task */
};

/* Check what can be checked before data are loaded; -1 with a sentence. */
int task_check(const struct config *c, struct err *e);
/* Open the task of c; on failure nothing needs closing. */
int task_open(struct task *t, const struct config *c, struct err *e);
void task_close(struct task *t);
