#include "core/interrupt.h"
#include "train/network.h"
#include "train/run.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The numbers in each worker's report; reports are gathered in worker order.  OWN: its accuracy on
 * its own mix of classes, from 0 to 1. */
enum { RIGHT, TEST_LOSS, OWN, N_REPORT };

static int batch_length(const struct network *w, int first)
{
    int left = w->data.test.n - first;
    return left < EVAL_BATCH ? left : EVAL_BATCH;
}

/* The first local worker whose model equals that of local worker i bit for bit: i itself, unless
 * the round ended in exact averaging. */
static int same_model(const struct task *t, const struct workers *all, int i)
{
    for (int k = 0; k < i; k++)
        if (!memcmp(all->at[k].vec[X], all->at[i].vec[X], t->d * sizeof(real)) &&
            !memcmp(t->stat + (size_t)k * t->n_stat, t->stat + (size_t)i * t->n_stat,
                    t->n_stat * sizeof(real)))
            return k;
    return i;
}

/* Add to right (n_class), by class, how many of the n examples are classified correctly: their
 * largest logit (the first, if several are equal) is at the label. */
static void count_right(const real *logits, int n_class, int n, const int32_t *y, double *right)
{
    for (int i = 0; i < n; i++, logits += n_class) {
        int best = 0;
        for (int k = 1; k < n_class; k++)
            best = logits[k] > logits[best] ? k : best;
        right[y[i]] += best == y[i];
    }
}

double network_own_accuracy(const struct network *w, int worker, const double *right)
{
    size_t n_class = (size_t)w->data.n_class;
    double *held = xcalloc(n_class, sizeof(*held)), *n_test = xcalloc(n_class, sizeof(*n_test));
    double sum = 0, n_held = 0;
    for (int i = partition_start(&w->part, worker); i < partition_start(&w->part, worker + 1); i++)
        held[w->data.train.y[w->part.index[i]]]++;
    for (int i = 0; i < w->data.test.n; i++)
        n_test[w->data.test.y[i]]++;
    for (size_t k = 0; k < n_class; k++)
        if (n_test[k] > 0)
            sum += held[k] * right[k] / n_test[k], n_held += held[k];
    free(held), free(n_test);
    return n_held > 0 ? sum / n_held : NAN;
}

/* Test each local worker's own model, with its own running statistics, on the whole test set. */
static void test_workers(struct task *t, const struct workers *all, double *report)
{
    struct network *w = t->own;
    int count = all->count, n_class = w->data.n_class, own = t->c->eval_scopes & SCOPE_OWN;
    int *model = xcalloc((size_t)count, sizeof(*model));
    double *of_class = xcalloc((size_t)count * (size_t)n_class, sizeof(*of_class));
    for (int i = 0; i < count; i++)
        model[i] = same_model(t, all, i);
    for (int first = 0; first < w->data.test.n; first += EVAL_BATCH) {
        int n = batch_length(w, first), right;
        real *x = net_input(&w->arena);
        dataset_test_batch(&w->data, first, n, x, w->y);
        for (int i = 0; i < count; i++) {
            double *mine = report + i * N_REPORT;
            if (model[i] != i || interrupted())
                continue;
            mine[TEST_LOSS] += net_evaluate(&w->net, &w->arena, all->at[i].vec[X],
                                            t->stat + (size_t)i * t->n_stat, n, x, w->y, &right);
            mine[RIGHT] += right;
            if (own)
                count_right(net_logits(&w->arena), n_class, n, w->y, of_class + i * n_class);
        }
    }
    for (int i = 0; i < count; i++) {
        report[i * N_REPORT + TEST_LOSS] = report[model[i] * N_REPORT + TEST_LOSS];
        report[i * N_REPORT + RIGHT] = report[model[i] * N_REPORT + RIGHT];
        if (own)
            report[i * N_REPORT + OWN] =
                network_own_accuracy(w, all->at[i].id, of_class + model[i] * n_class);
    }
    free(model), free(of_class);
}

/* The mean over workers of the running statistics, in worker order, at all ranks. */
static void mean_stat(const struct task *t, struct optimizer *o, real *mean)
{
    size_t n = t->n_stat;
    real *row = xcalloc(n + 1, sizeof(real));
    double *sum = xcalloc(n + 1, sizeof(double));
    for (int i = 0; i < o->w.n; i++) {
        gossip_fetch(o->gossip, i, t->stat, n, n, row);
        for (size_t k = 0; k < n; k++)
            sum[k] += (double)row[k];
    }
    for (size_t k = 0; k < n; k++)
        mean[k] = (real)(sum[k] / o->w.n);
    gossip_share(mean, n * sizeof(real));
    free(row), free(sum);
}

/* Test the averaged model; each rank takes a part of the test set's batches.  Counts are exact. */
static double test_average(struct task *t, struct optimizer *o, const real *mean)
{
    struct network *w = t->own;
    real *stat = xcalloc(t->n_stat + 1, sizeof(real));
    long n_batch = (w->data.test.n + EVAL_BATCH - 1) / EVAL_BATCH, total = 0;
    long from = o->w.first * n_batch / o->w.n, to = (o->w.first + o->w.count) * n_batch / o->w.n;
    mean_stat(t, o, stat);
    for (long b = from; b < to && !interrupted(); b++) {
        int first = (int)b * EVAL_BATCH, n = batch_length(w, first), right;
        real *x = net_input(&w->arena);
        dataset_test_batch(&w->data, first, n, x, w->y);
        net_evaluate(&w->net, &w->arena, mean, stat, n, x, w->y, &right);
        total += right;
    }
    gossip_sum(&total, 1);
    free(stat);
    return 100.0 * (double)total / w->data.test.n;
}

/* The mean and the lowest of the workers' accuracies on their own mixes; NAN if a worker has
 * none. */
static void summarise_own(const double *report, int n, struct row *row)
{
    row->acc_own = 0, row->acc_own_worst = INFINITY;
    for (int i = 0; i < n; i++) {
        double acc = 100 * report[i * N_REPORT + OWN];
        row->acc_own += acc / n, row->acc_own_worst = fmin(row->acc_own_worst, acc);
    }
    if (isnan(row->acc_own))
        row->acc_own_worst = NAN;
}

/* Compute the row's measures, and acc (n), from the reports of all n workers. */
static void summarise(const double *report, int n, int n_test, double *acc, struct row *row)
{
    double test_loss = 0, mean = 0, square = 0, worst = INFINITY, best = 0;
    for (int i = 0; i < n; i++) {
        const double *w = report + i * N_REPORT;
        acc[i] = 100 * w[RIGHT] / n_test;
        test_loss += w[TEST_LOSS];
        mean += acc[i] / n, worst = fmin(worst, acc[i]), best = fmax(best, acc[i]);
    }
    for (int i = 0; i < n; i++)
        square += pow(acc[i] - mean, 2);
    row->acc_mean = mean, row->acc_worst = worst, row->acc_best = best;
    row->acc_std = n > 1 ? sqrt(square / (n - 1)) : 0;
    row->test_loss = test_loss / ((double)n * n_test);
}

void network_test(struct task *t, struct optimizer *o, const real *mean, struct row *row)
{
    const struct network *w = t->own;
    if (t->accuracy) {
        double *mine = xcalloc((size_t)o->w.count * N_REPORT, sizeof(double));
        double *all = xcalloc((size_t)o->w.n * N_REPORT, sizeof(double));
        test_workers(t, &o->w, mine);
        gossip_gather(o->gossip, mine, N_REPORT, all);
        if (gossip_is_root())
            summarise(all, o->w.n, w->data.test.n, t->accuracy, row);
        if (gossip_is_root() && t->c->eval_scopes & SCOPE_OWN)
            summarise_own(all, o->w.n, row);
        free(mine), free(all);
    }
    if (t->c->eval_scopes & SCOPE_AVERAGE)
        row->acc_average = test_average(t, o, mean);
}
