/* quantity-skew: workers hold different numbers of samples, drawn from all of them (the quantity
 * skew of Li, Diao, Chen and He, "Federated Learning on Non-IID Data Silos: An Experimental Study",
 * ICDE 2022).  Of n samples
 *   p ~ Dirichlet(alpha, ..., alpha) over the n_worker workers
 *   worker j holds min_samples + the share p_j of the n - n_worker min_samples others,
 * where shares are cut at int(cumsum(p) * others), so that all samples are used.  The paper's code
 * redraws p until every worker holds at least 10 samples; here min_samples are set aside first,
 * which works for every alpha. */
#include "partitions/alpha.h"
#include "partitions/partitions.h"
#include <math.h>
#include <stdlib.h>

enum { ALPHA, MIN_SAMPLES };
static const struct parameter parameters[] = {
    [ALPHA] = PARAMETER_ALPHA,
    [MIN_SAMPLES] = {"min_samples", 10, 1, 1e9, "least samples of a worker in quantity-skew",
                     WHOLE},
    {NULL}};

/* p (n) from a Dirichlet distribution, through logarithms, so that no sum is 0 at a small alpha. */
static void draw_shares(struct random *r, double alpha, int n, double *p)
{
    double most = -INFINITY, sum = 0;
    for (int j = 0; j < n; j++)
        most = fmax(most, p[j] = random_log_gamma(r, alpha));
    for (int j = 0; j < n; j++)
        sum += p[j] = exp(p[j] - most);
    for (int j = 0; j < n; j++)
        p[j] /= sum;
}

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    int n = p->n_worker, least = (int)q->parameter[MIN_SAMPLES].number;
    if (least > l->n / n)
        return err_usage(e,
                         "partition: min_samples is %d, but %d workers share %d samples: lower it",
                         least, n, l->n);
    struct random r;
    double *share = xcalloc((size_t)n, sizeof(*share)), sum = 0, others = l->n - (double)n * least;
    labels_shuffle(&r, q->seed, p->index, l->n);
    draw_shares(&r, q->parameter[ALPHA].number, n, share);
    p->start = xcalloc((size_t)n + 1, sizeof(*p->start));
    p->n_each = 0;
    for (int j = 1; j < n; j++) {
        sum += share[j - 1];
        p->start[j] = j * least + (int)fmin(sum * others, others);
    }
    p->start[n] = l->n;
    free(share);
    return 0;
}

const struct partition_kind partition_quantity_skew = {
    .about = "iid samples, but different numbers of them by a Dirichlet draw",
    .parameter = parameters,
    .make = make};
