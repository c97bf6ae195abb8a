/* dirichlet: the heterogeneous partition of the QGM paper's code (Lin et al. 2021, after Hsu et al.
 * 2019, with balancing):
 *
 *   1. shuffle all samples;
 *   2. cut them into ceil(n / 10) groups of at most 10 workers, in proportion to the workers;
 *   3. within a group, for every class: draw p ~ Dirichlet(alpha, ..., alpha) over its workers,
 *      set p_j = 0 for workers that already hold their share of the group, renormalise, and cut
 *      the class's samples at int(cumsum(p) * count);
 *   4. redraw the whole group until its smallest worker holds at least half a share;
 *   5. concatenate all workers' lists and cut them again into n equal chunks.
 *
 * It differs from the published code in two ways: p is computed from logarithms over the workers
 * with room, so it cannot become 0/0 at a small alpha; and step 4 gives up after many draws. */
#include "partitions/alpha.h"
#include "partitions/partitions.h"
#include <math.h>
#include <stdlib.h>

enum { GROUP = 10, MAX_REDRAWS = 100000 };

/* p (n), which sums to 1 over the workers that hold less than their share; if none does, the last
 * worker gets everything. */
static void draw_shares(struct random *r, double alpha, int n, const int *held, double share,
                        double *p)
{
    double most = -INFINITY, sum = 0;
    for (int j = 0; j < n; j++) {
        p[j] = random_log_gamma(r, alpha);
        if (held[j] >= share)
            p[j] = -INFINITY;
        most = fmax(most, p[j]);
    }
    if (!isfinite(most)) {
        for (int j = 0; j < n; j++)
            p[j] = j == n - 1;
        return;
    }
    for (int j = 0; j < n; j++)
        sum += p[j] = exp(p[j] - most);
    for (int j = 0; j < n; j++)
        p[j] /= sum;
}

/* Draw step 3 once for n workers: worker j gets samples cut[k][j] .. cut[k][j + 1] - 1 of class k.
 * Returns how many samples the smallest worker holds. */
static int draw_group(struct random *r, double alpha, int n, double share, int n_class,
                      const int *start, int (*cut)[GROUP + 1])
{
    int held[GROUP] = {0}, least;
    double p[GROUP];
    for (int k = 0; k < n_class; k++) {
        int count = start[k + 1] - start[k];
        double sum = 0;
        draw_shares(r, alpha, n, held, share, p);
        cut[k][0] = 0;
        for (int j = 0; j < n; j++) {
            sum += p[j];
            int at = (int)(sum * count);
            cut[k][j + 1] = j == n - 1 || at > count ? count : at;
            held[j] += cut[k][j + 1] - cut[k][j];
        }
    }
    least = held[0];
    for (int j = 1; j < n; j++)
        least = held[j] < least ? held[j] : least;
    return least;
}

/* Divide the n_sample samples of one group among its n workers; to gets the samples of one worker
 * after the other.  start and cut are scratch. */
static int deal_group(struct random *r, double alpha, const struct labels *l, const int32_t *sample,
                      int n_sample, int n, int32_t *to, int *start, int (*cut)[GROUP + 1])
{
    int32_t *sorted = xcalloc((size_t)n_sample, sizeof(*sorted));
    double share = (double)n_sample / n;
    int tries = 0;
    labels_sort_some(l, sample, n_sample, sorted, start);
    while (draw_group(r, alpha, n, share, l->n_class, start, cut) < (int)(0.5 * share))
        if (++tries == MAX_REDRAWS) {
            free(sorted);
            return -1;
        }
    for (int j = 0; j < n; j++)
        for (int k = 0; k < l->n_class; k++)
            for (int i = cut[k][j]; i < cut[k][j + 1]; i++)
                *to++ = sorted[start[k] + i];
    free(sorted);
    return 0;
}

enum { ALPHA };
static const struct parameter parameters[] = {PARAMETER_ALPHA, {NULL}};

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    double alpha = q->parameter[ALPHA].number;
    int n = q->n_worker, n_group = (n + GROUP - 1) / GROUP, rc = 0;
    int32_t *order = xcalloc((size_t)l->n, sizeof(*order));
    int *start = xcalloc((size_t)l->n_class + 1, sizeof(*start));
    int(*cut)[GROUP + 1] = xcalloc((size_t)l->n_class, sizeof(*cut));
    struct random r;
    labels_shuffle(&r, q->seed, order, l->n);
    for (int g = 0, at = 0; g < n_group && !rc; g++) {
        int last = g == n_group - 1, workers = last ? n - GROUP * g : GROUP;
        int size = last ? l->n - at : (int)((double)GROUP / n * l->n);
        rc = deal_group(&r, alpha, l, order + at, size, workers, p->index + at, start, cut);
        at += size;
    }
    free(order);
    free(start);
    free(cut);
    if (rc)
        err_usage(e,
                  "partition: in each of %d draws with alpha %g a worker got less than half of its "
                  "share of %d samples in %d classes; use a larger alpha",
                  MAX_REDRAWS, alpha, l->n, l->n_class);
    return rc;
}

const struct partition_kind partition_dirichlet = {
    .about = "classes divided by Dirichlet draws in groups of ten workers, as in the QGM paper",
    .parameter = parameters,
    .make = make};
