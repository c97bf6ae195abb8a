/* task: what the workers train: a network on a data set (task_network.c) or a toy problem
 * (task_toy.c).  The loop, checkpoints and records know no more of it than this. */
#ifndef TRAIN_TASK_H
#define TRAIN_TASK_H
#include "train/config.h"
#include "train/optimizer.h"
#include <cJSON.h>

struct row;
struct task;
struct task_kind {
    const char *unit; /* that its speed is counted in */
    /* Check what can be known of c before anything is loaded; NULL: nothing. */
    int (*check)(const struct config *c, struct err *e);
    /* Load and check what t->c asks for, and set t->d and t->n_stat. */
    int (*open)(struct task *t, struct err *e);
    /* Bytes that start is going to take for so many workers, and evaluation after it. */
    double (*memory)(const struct task *t, int count);
    /* Take room; write the local workers' first x and statistics; set the counts of an epoch. */
    void (*start)(struct task *t, struct workers *w);
    /* The stochastic gradient of the i-th local worker at its x into its G; returns the loss. */
    double (*gradient)(struct task *t, struct worker *w, int i, int step);
    /* Fill the row's figures of the models; mean (d) is that of all workers' x.  Complete at the
     * root.  All ranks. */
    void (*test)(struct task *t, struct optimizer *o, const real *mean, struct row *row);
    /* For people, on stdout, to end "METHOD on GRAPH, n = 16, ". */
    void (*describe)(const struct task *t);
    /* What a manifest says of it. */
    void (*trace)(const struct task *t, cJSON *manifest);
    /* Files of its own in dir; NULL: none. */
    int (*save)(const struct task *t, const char *dir, struct err *e);
    /* Also after an open that failed. */
    void (*close)(struct task *t);
};
extern const struct task_kind task_network, task_toy;

struct task {
    const struct task_kind *kind;
    const struct config *c; /* of the run */
    size_t d;               /* numbers that a worker trains */
    size_t n_stat;
    real *stat; /* (count, n_stat) what each local worker has besides and never mixes */
    long steps_per_epoch;
    double units_per_epoch; /* of all workers */
    int drawable;           /* few enough numbers to draw a path of */
    void *own;              /* the kind's */
};

/* Whether c asks for what cannot be, as far as is known before data are loaded: -1, a sentence. */
int task_check(const struct config *c, struct err *e);
/* The kind that c asks for, opened; on failure nothing needs closing. */
int task_open(struct task *t, const struct config *c, struct err *e);
void task_close(struct task *t);
#endif
