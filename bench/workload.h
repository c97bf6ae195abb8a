/* workload: what train_step, eval and layers measure, and the experiments from which it comes. */
#pragma once
#include "bench/shim.h"
#include "nn/nn.h"
#include "sweep/experiment.h"

/* Call visit for every experiment that has the tier, sorted by name; it may not keep x. */
void experiments_visit(const char *tier, void (*visit)(const struct experiment *x));

/* A model, the batch that it is trained with, and the shape of a sample. */
struct workload {
    char model[CONFIG_TEXT];
    int batch;
    struct shape sample;
};
enum { WORKLOADS = 64 };
struct workloads {
    int n;
    struct workload at[WORKLOADS];
};
/* All workloads of the quick and standard tiers, and those of scripts/peers. */
const struct workloads *workloads_all(void);
/* Add w unless it is there. */
void workloads_add(struct workloads *list, const struct workload *w);
/* Register a benchmark of each under the name <group>/<model>/batch:<n>, with "/tokens:<l>" before
 * the batch if texts do not have 64; its context is the workload. */
void workloads_bench(const struct workloads *list, const char *group,
                     void (*check)(struct bench *b, const void *context),
                     void (*run)(struct bench *b, const void *context));

/* A network with initial parameters and a batch of random samples, of ten classes: images of normal
 * numbers, texts of tokens that are as frequent as words. */
struct training {
    struct net net;
    struct arena arena;
    struct random random;
    int batch;
    real *x, *param, *grad, *stat; /* x (batch, h, w, c) */
    int32_t *y;
};
struct training *training_open(const struct workload *w);
void training_close(struct training *s);
