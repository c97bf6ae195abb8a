/* network: the task of training a network on a data set; only for train/task_network.c and
 * train/network_test.c. */
#pragma once
#include "loaders/sampler.h"
#include "models/models.h"
#include "train/model_file.h"
#include "train/task.h"

enum { EVAL_BATCH = 32 }; /* fixed, in file order: some networks normalise over the batch */

struct network {
    struct dataset data;
    struct partition part;
    struct sampler sampler;
    struct net net;
    struct arena arena;
    struct model_file initial; /* of init_from, until the workers are started */
    int32_t *y;                /* labels of a batch */
};
/* Build the named network for the samples and classes of the data. */
int network_build(struct net *t, const char *model, const struct dataset *data, struct err *e);
/* What another program must know to evaluate a network on these data in the same way: the shape of
 * the input in PyTorch's order, normalised as (byte / 255 - mean) / std, in batches of eval_batch
 * samples. */
cJSON *network_form(const struct dataset *d);
/* The `test` of struct task_kind: accuracies of the configured scopes, and test loss; cut short by
 * an interruption. */
void network_test(struct task *t, struct optimizer *o, const real *mean, struct row *row);
/* A worker's accuracy on its own mix of classes, from 0 to 1: the accuracy on the test samples of
 * each class, weighted by the share of the class in the worker's training samples, summed over the
 * classes. right (n_class): the test samples of each class that are classified correctly.  Classes
 * without test samples are left out; NAN if that leaves none. */
double network_own_accuracy(const struct network *w, int worker, const double *right);
