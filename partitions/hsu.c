/* hsu: every worker draws a mix of classes of its own (Hsu, Qi and Brown, "Measuring the Effects of
 * Non-Identical Data Distribution for Federated Visual Classification", 2019, arXiv:1909.06335).
 * One worker after the other draws, where p are the shares of the classes in all samples,
 *   q ~ Dirichlet(alpha p)
 * and then its n_each samples without replacement: a class by q, and a sample of it at random.
 * When a class has run out, q is renormalised over the others, so the last workers get what is
 * left.  The kind "dirichlet", the QGM paper's, is softer: it divides each class over groups of ten
 * workers, balances them, and cuts again.  q is kept as logarithms, so that it cannot become 0/0 at
 * a small alpha. */
#include "partitions/alpha.h"
#include "partitions/partitions.h"
#include <math.h>
#include <stdlib.h>

/* The mix of one worker: log_q (n_class); sum (n_class), the cumulative sums of q over the classes
 * that still have samples. */
struct mix {
    int n_class;
    double *log_q, *sum;
};

static void mix_draw(struct mix *m, struct random *r, double alpha, const struct labels *l,
                     const int *start)
{
    for (int k = 0; k < m->n_class; k++) {
        double share = (double)(start[k + 1] - start[k]) / l->n;
        m->log_q[k] = share > 0 ? random_log_gamma(r, alpha * share) : -INFINITY;
    }
}

/* Renormalise over the classes that still have samples: next[k] < start[k + 1]. */
static void mix_update(struct mix *m, const int *next, const int *start)
{
    double most = -INFINITY, sum = 0;
    for (int k = 0; k < m->n_class; k++)
        if (next[k] < start[k + 1])
            most = fmax(most, m->log_q[k]);
    for (int k = 0; k < m->n_class; k++) {
        if (next[k] < start[k + 1])
            sum += exp(m->log_q[k] - most);
        m->sum[k] = sum;
    }
}

/* Draw a class that still has samples. */
static int mix_class(const struct mix *m, struct random *r)
{
    double at = random_uniform(r) * m->sum[m->n_class - 1];
    int k = 0;
    while (m->sum[k] < at)
        k++;
    return k;
}

enum { ALPHA };
static const struct parameter parameters[] = {PARAMETER_ALPHA, {NULL}};

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    size_t n_class = (size_t)l->n_class;
    int32_t *order = xcalloc((size_t)l->n, sizeof(*order));
    int32_t *sorted = xcalloc((size_t)l->n, sizeof(*sorted)), *to = p->index;
    int *start = xcalloc(n_class + 1, sizeof(*start)), *next = xcalloc(n_class, sizeof(*next));
    struct mix m = {l->n_class, xcalloc(n_class, sizeof(double)), xcalloc(n_class, sizeof(double))};
    struct random r;
    labels_shuffle(&r, q->seed, order, l->n);
    labels_sort_some(l, order, l->n, sorted, start);
    for (int k = 0; k < l->n_class; k++)
        next[k] = start[k];
    for (int j = 0; j < p->n_worker; j++) {
        mix_draw(&m, &r, q->parameter[ALPHA].number, l, start);
        mix_update(&m, next, start);
        for (int i = 0; i < p->n_each; i++) {
            int k = mix_class(&m, &r);
            *to++ = sorted[next[k]++];
            if (next[k] == start[k + 1])
                mix_update(&m, next, start);
        }
    }
    free(order), free(sorted), free(start), free(next), free(m.log_q), free(m.sum);
    return 0;
}

const struct partition_kind partition_hsu = {
    .about = "a Dirichlet mix of classes for every worker, as Hsu, Qi and Brown draw it",
    .parameter = parameters,
    .make = make};
