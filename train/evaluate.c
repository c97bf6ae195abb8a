#include "train/evaluate.h"
#include <math.h>
#include <stdlib.h>

/* Each worker's report; reports are gathered in worker order. */
enum { TRAIN_LOSS, DISTANCE, N_REPORT };

static double square_distance(const real *a, const real *b, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        double d = (double)a[k] - (double)b[k];
        sum += d * d;
    }
    return sum;
}

void evaluate(struct run *r, struct row *row)
{
    struct workers *w = &r->o.w;
    double *mine = xcalloc((size_t)w->count * N_REPORT, sizeof(double)), loss = 0, distance = 0;
    double *all = xcalloc((size_t)w->n * N_REPORT, sizeof(double));
    real *mean = xcalloc(w->length, sizeof(real));
    gossip_mean(r->o.gossip, w, X, mean);
    for (int i = 0; i < w->count; i++) {
        mine[i * N_REPORT + TRAIN_LOSS] = r->loss[i];
        mine[i * N_REPORT + DISTANCE] = square_distance(w->at[i].vec[X], mean, w->d);
    }
    gossip_gather(r->o.gossip, mine, N_REPORT, all);
    for (int i = 0; i < w->n; i++)
        loss += all[i * N_REPORT + TRAIN_LOSS], distance += all[i * N_REPORT + DISTANCE];
    double n_loss = faults_n_present(&r->o.faults, w->n, r->step - r->n_loss, r->step);
    row->train_loss = n_loss > 0 ? loss / n_loss : NAN;
    row->consensus = sqrt(distance / w->n);
    r->task.kind->test(&r->task, &r->o, mean, row);
    evaluate_path(r);
    free(mine), free(all), free(mean);
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
