#include "train/evaluate.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What each worker reports, gathered in worker order. */
enum { TRAIN_LOSS, RIGHT, TEST_LOSS, DISTANCE, N_REPORT };

static int batch_length(const struct run *r, int first)
{
    int left = r->data.test.n - first;
    return left < EVAL_BATCH ? left : EVAL_BATCH;
}

/* The first local worker with the same model, bit for bit, as local worker i: itself, unless a
 * round ends in exact averaging. */
static int same_model(const struct run *r, int i)
{
    size_t n_stat = r->net.n_stat;
    for (int k = 0; k < i; k++)
        if (!memcmp(r->o.w.at[k].vec[X], r->o.w.at[i].vec[X], r->o.w.d * sizeof(real)) &&
            !memcmp(r->stat + (size_t)k * n_stat, r->stat + (size_t)i * n_stat,
                    n_stat * sizeof(real)))
            return k;
    return i;
}

/* Each local worker's own model, with its own running statistics, on the whole test set. */
static void test_workers(struct run *r, double *report)
{
    int count = r->o.w.count, *model = xcalloc((size_t)count, sizeof(*model));
    for (int i = 0; i < count; i++)
        model[i] = same_model(r, i);
    for (int first = 0; first < r->data.test.n; first += EVAL_BATCH) {
        int n = batch_length(r, first), right;
        real *x = net_input(&r->arena);
        dataset_test_batch(&r->data, first, n, x, r->y);
        for (int i = 0; i < count; i++) {
            double *mine = report + i * N_REPORT;
            if (model[i] != i)
                continue;
            mine[TEST_LOSS] +=
                net_evaluate(&r->net, &r->arena, r->o.w.at[i].vec[X],
                             r->stat + (size_t)i * r->net.n_stat, n, x, r->y, &right);
            mine[RIGHT] += right;
        }
    }
    for (int i = 0; i < count; i++) {
        report[i * N_REPORT + TEST_LOSS] = report[model[i] * N_REPORT + TEST_LOSS];
        report[i * N_REPORT + RIGHT] = report[model[i] * N_REPORT + RIGHT];
    }
    free(model);
}

/* Mean over workers of the running statistics, in worker order, at all ranks. */
static void mean_stat(struct run *r, real *mean)
{
    size_t n = r->net.n_stat;
    real *row = xcalloc(n + 1, sizeof(real));
    double *sum = xcalloc(n + 1, sizeof(double));
    for (int i = 0; i < r->o.w.n; i++) {
        gossip_fetch(r->o.gossip, i, r->stat, n, n, row);
        for (size_t k = 0; k < n; k++)
            sum[k] += (double)row[k];
    }
    for (size_t k = 0; k < n; k++)
        mean[k] = (real)(sum[k] / r->o.w.n);
    gossip_share(mean, n * sizeof(real));
    free(row), free(sum);
}

/* The averaged model, each rank a stretch of the test set's batches; counts are exact. */
static double test_average(struct run *r, const real *mean)
{
    real *stat = xcalloc(r->net.n_stat + 1, sizeof(real));
    long n_batch = (r->data.test.n + EVAL_BATCH - 1) / EVAL_BATCH, total = 0;
    long from = r->o.w.first * n_batch / r->o.w.n,
         to = (r->o.w.first + r->o.w.count) * n_batch / r->o.w.n;
    mean_stat(r, stat);
    for (long b = from; b < to; b++) {
        int first = (int)b * EVAL_BATCH, n = batch_length(r, first), right;
        real *x = net_input(&r->arena);
        dataset_test_batch(&r->data, first, n, x, r->y);
        net_evaluate(&r->net, &r->arena, mean, stat, n, x, r->y, &right);
        total += right;
    }
    gossip_sum(&total, 1);
    free(stat);
    return 100.0 * (double)total / r->data.test.n;
}

static double square_distance(const real *a, const real *b, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        double d = (double)a[k] - (double)b[k];
        sum += d * d;
    }
    return sum;
}

/* From the reports of all n workers to the row's figures. */
static void summarise(const struct run *r, const double *report, struct row *row)
{
    int n = r->o.w.n;
    double loss = 0, distance = 0, test_loss = 0, mean = 0, square = 0, worst = INFINITY, best = 0;
    for (int i = 0; i < n; i++) {
        const double *w = report + i * N_REPORT;
        double acc = 100 * w[RIGHT] / r->data.test.n;
        loss += w[TRAIN_LOSS], distance += w[DISTANCE], test_loss += w[TEST_LOSS];
        mean += acc / n, worst = fmin(worst, acc), best = fmax(best, acc);
    }
    row->train_loss = r->n_loss ? loss / ((double)n * (double)r->n_loss) : NAN;
    row->consensus = sqrt(distance / n);
    if (!(r->c.eval_scopes & (SCOPE_MEAN | SCOPE_WORST)))
        return;
    for (int i = 0; i < n; i++)
        square += pow(100 * report[i * N_REPORT + RIGHT] / r->data.test.n - mean, 2);
    row->acc_mean = mean, row->acc_worst = worst, row->acc_best = best;
    row->acc_std = n > 1 ? sqrt(square / (n - 1)) : 0;
    row->test_loss = test_loss / ((double)n * r->data.test.n);
}

void evaluate(struct run *r, struct row *row)
{
    struct workers *w = &r->o.w;
    double *mine = xcalloc((size_t)w->count * N_REPORT, sizeof(double));
    double *all = xcalloc((size_t)w->n * N_REPORT, sizeof(double));
    real *mean = xcalloc(w->length, sizeof(real));
    row->acc_mean = row->acc_std = row->acc_worst = row->acc_best = NAN;
    row->acc_average = row->test_loss = NAN;
    if (r->c.eval_scopes & (SCOPE_MEAN | SCOPE_WORST))
        test_workers(r, mine);
    gossip_mean(r->o.gossip, w, X, mean);
    for (int i = 0; i < w->count; i++) {
        mine[i * N_REPORT + TRAIN_LOSS] = r->loss[i];
        mine[i * N_REPORT + DISTANCE] = square_distance(w->at[i].vec[X], mean, w->d);
    }
    gossip_gather(r->o.gossip, mine, N_REPORT, all);
    if (gossip_is_root())
        summarise(r, all, row);
    if (r->c.eval_scopes & SCOPE_AVERAGE)
        row->acc_average = test_average(r, mean);
    free(mine), free(all), free(mean);
}
