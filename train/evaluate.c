#include "train/evaluate.h"
#include <math.h>
#include <stdlib.h>

static double square_distance(const real *a, const real *b, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        double d = (double)a[k] - (double)b[k];
        sum += d * d;
    }
    return sum;
}

/* The sum of one number of each worker, in worker order; at the root. */
static double sum_of_workers(const struct run *r, const double *mine)
{
    double *all = xcalloc((size_t)r->o.w.n, sizeof(double)), sum = 0;
    gossip_gather(r->o.gossip, mine, 1, all);
    for (int i = 0; i < r->o.w.n; i++)
        sum += all[i];
    free(all);
    return sum;
}

double evaluate_loss(const struct run *r)
{
    double n = faults_n_present(&r->o.faults, r->o.w.n, r->step - r->n_loss, r->step);
    double sum = sum_of_workers(r, r->loss);
    return n > 0 ? sum / n : NAN;
}

void evaluate(struct run *r, struct row *row)
{
    struct workers *w = &r->o.w;
    double *distance = xcalloc((size_t)w->count, sizeof(double));
    real *mean = xcalloc(w->length, sizeof(real));
    gossip_mean(r->o.gossip, w, X, mean);
    for (int i = 0; i < w->count; i++)
        distance[i] = square_distance(w->at[i].vec[X], mean, w->d);
    row->train_loss = evaluate_loss(r);
    row->consensus = sqrt(sum_of_workers(r, distance) / w->n);
    r->task.kind->test(&r->task, &r->o, mean, row);
    evaluate_path(r);
    free(distance), free(mean);
}

void evaluate_path(struct run *r)
{
    struct workers *w = &r->o.w;
    if (!r->task.drawable)
        return;
    double *mine = xcalloc((size_t)w->count * w->d, sizeof(double));
    for (size_t i = 0; i < (size_t)w->count * w->d; i++)
        mine[i] = (double)w->at[i / w->d].vec[X][i % w->d];
    gossip_gather(r->o.gossip, mine, (int)w->d, r->path);
    free(mine);
}
