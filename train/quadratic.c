#include "train/quadratic.h"
#include "train/optimizer.h"
#include <stdlib.h>

struct moment {
    const struct quadratic *q;
    struct optimizer o;
    int round;
};

static void gradient(void *context, int i)
{
    struct moment *m = context;
    const struct quadratic *q = m->q;
    struct worker *w = &m->o.w.at[i];
    size_t at = (size_t)w->id * q->d;
    const double *noise = q->noise + (size_t)m->round * (size_t)q->n * q->d;
    for (size_t k = 0; k < q->d; k++)
        w->vec[G][k] = (real)(q->h[at + k] * (double)w->vec[X][k] - q->b[at + k] + noise[at + k]);
}

/* All workers' parameters of this moment, at the root. */
static void collect(struct moment *m, real *row, double *to)
{
    size_t d = m->q->d;
    for (int i = 0; i < m->q->n; i++) {
        gossip_fetch(m->o.gossip, i, m->o.w.slab[X], m->o.w.stride, d, row);
        for (size_t k = 0; k < d; k++)
            to[(size_t)i * d + k] = (double)row[k];
    }
}

int quadratic_path(const struct quadratic *q, const struct config *c, double *path, struct err *e)
{
    struct moment m = {.q = q};
    size_t size = (size_t)q->n * q->d;
    struct optimizer_request request = config_optimizer(c);
    request.n = q->n, request.weight_decay = q->weight_decay;
    if (optimizer_open(&m.o, &request, q->d, e) < 0)
        return -1;
    optimizer_allocate(&m.o);
    real *row = xcalloc(q->d, sizeof(real));
    for (int i = 0; i < m.o.w.count; i++)
        for (size_t k = 0; k < q->d; k++)
            m.o.w.at[i].vec[X][k] = (real)q->x0[(size_t)m.o.w.at[i].id * q->d + k];
    collect(&m, row, path);
    for (m.round = 0; m.round < q->n_round;) {
        double lr = q->lrs[m.round], lr_prev = q->lrs[m.round ? m.round - 1 : 0];
        optimizer_step(&m.o, (struct tick){m.round, lr, lr_prev}, gradient, &m);
        collect(&m, row, path + (size_t)++m.round * size);
    }
    free(row);
    optimizer_close(&m.o);
    return 0;
}
