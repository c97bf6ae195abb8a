#include "sweep/order.h"
#include "models/models.h"
#include "train/run.h"
#include <stdlib.h>

/* ROUND: the flops that take as long as a worker's optimizer and mixing take for one number.  The
 * others: how many samples a data set without a limit is assumed to hold. */
enum { ROUND = 300, TRAIN = 50000, TEST = 10000 };

static double network_work(const struct config *c)
{
    struct net *net = xcalloc(1, sizeof(*net));
    struct err ignored; /* the run will report it */
    double train = c->train_limit ? (double)c->train_limit : TRAIN;
    double test = c->test_limit ? (double)c->test_limit : TEST;
    double work = 0;
    if (model_build(net, c->model, run_sample(c), 1, &ignored) == 0) {
        double step = 3 * (double)c->batch_size * net->flops + ROUND * (double)net->n_param;
        work = (double)c->epochs * train / (double)c->batch_size * step +
               config_evaluations(c) * test * (double)c->workers * net->flops;
    }
    free(net);
    return work;
}

double order_work(const struct config *c)
{
    return config_problem(c) ? (double)c->epochs * (double)c->workers : network_work(c);
}

int *order_longest_first(const struct experiment *x)
{
    size_t n = (size_t)x->n_cell;
    double *work = xcalloc(n, sizeof(*work));
    int *order = xcalloc(n, sizeof(*order));
    for (int i = 0; i < x->n_cell; i++) {
        int k = i;
        work[i] = order_work(&x->cell[i].c);
        for (; k > 0 && work[order[k - 1]] < work[i]; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    free(work);
    return order;
}
