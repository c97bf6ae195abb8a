#include "train/conformance_method.h"
#include "core/hash.h"
#include "core/npz.h"
#include "train/agreement.h"
#include "train/optimizer.h"
#include <stdio.h>
#include <stdlib.h>

enum { X0, H, B, NOISE, LRS, DECAY, N_PART };

/* The problem in the conformance file. */
struct given {
    int n, n_round;
    size_t d;
    double *part[N_PART]; /* in the shapes of the header */
};

/* Read all arrays as doubles and check that their shapes fit together. */
static int read_given(struct given *q, const char *path, struct err *e)
{
    static const char *const name[N_PART] = {"x0", "h", "b", "noise", "lrs", "weight_decay"};
    struct npz z;
    if (npz_read(&z, path, e) < 0)
        return -1;
    int status = 0;
    size_t length[N_PART];
    for (int i = 0; i < N_PART && status == 0; i++) {
        const struct npz_array *a = npz_find(&z, path, name[i], e);
        if (a && i == X0 && a->n_dim == 2 && a->dim[0] >= 1 && a->dim[0] <= 4096 && a->dim[1] >= 1)
            q->n = (int)a->dim[0], q->d = a->dim[1];
        length[i] = a ? a->n : 0;
        q->part[i] = a && a->type[0] != 'U' ? npz_doubles(a) : NULL;
        if (a && !q->part[i])
            err_set(e, "%s: %s must be an array of numbers", path, name[i]);
        status = q->part[i] ? 0 : -1;
    }
    npz_close(&z);
    if (status < 0)
        return -1;
    size_t size = (size_t)q->n * q->d;
    if (!size || length[X0] != size || length[H] != size || length[B] != size ||
        length[DECAY] != 1 || length[LRS] < 1 || length[NOISE] != length[LRS] * size)
        return err_set(e, "%s: needs x0, h and b (n, d), noise (T, n, d), lrs (T), weight_decay ()",
                       path);
    q->n_round = (int)length[LRS];
    return 0;
}

struct moment {
    const struct given *q;
    struct optimizer o;
    int round;
};

static void gradient(void *context, int i)
{
    struct moment *m = context;
    const struct given *q = m->q;
    struct worker *w = &m->o.w.at[i];
    size_t at = (size_t)w->id * q->d;
    const double *noise = q->part[NOISE] + (size_t)m->round * (size_t)q->n * q->d;
    for (size_t k = 0; k < q->d; k++)
        w->vec[G][k] =
            (real)(q->part[H][at + k] * (double)w->vec[X][k] - q->part[B][at + k] + noise[at + k]);
}

/* Gather the current parameters of all workers at the root. */
static void collect(struct moment *m, real *row, double *to)
{
    size_t d = m->q->d;
    for (int i = 0; i < m->q->n; i++) {
        gossip_fetch(m->o.gossip, i, m->o.w.slab[X], m->o.w.stride, d, row);
        for (size_t k = 0; k < d; k++)
            to[(size_t)i * d + k] = (double)row[k];
    }
}

/* Collective; path (n_round + 1, n, d) is written at the root. */
static int run(const struct given *q, const struct config *c, double *path, struct err *e)
{
    struct moment m = {.q = q};
    size_t size = (size_t)q->n * q->d;
    struct optimizer_request request = config_optimizer(c);
    request.n = q->n, request.weight_decay = q->part[DECAY][0];
    if (optimizer_open(&m.o, &request, q->d, e) < 0)
        return -1;
    optimizer_allocate(&m.o);
    real *row = xcalloc(q->d, sizeof(real));
    for (int i = 0; i < m.o.w.count; i++)
        for (size_t k = 0; k < q->d; k++)
            m.o.w.at[i].vec[X][k] = (real)q->part[X0][(size_t)m.o.w.at[i].id * q->d + k];
    collect(&m, row, path);
    for (m.round = 0; m.round < q->n_round;) {
        double lr = q->part[LRS][m.round], lr_prev = q->part[LRS][m.round ? m.round - 1 : 0];
        optimizer_step(&m.o, (struct tick){m.round, lr, lr_prev}, gradient, &m);
        collect(&m, row, path + (size_t)++m.round * size);
    }
    free(row);
    optimizer_close(&m.o);
    return 0;
}

static int agree_on_problem(const struct given *q, struct err *e)
{
    const size_t size = (size_t)q->n * q->d, shape[] = {(size_t)q->n, q->d, (size_t)q->n_round};
    const size_t length[N_PART] = {[X0] = size, [H] = size,       [B] = size,
                                   [DECAY] = 1, [LRS] = shape[2], [NOISE] = shape[2] * size};
    char sha256[HASH_TEXT];
    struct hash *h = hash_begin();
    hash_add(h, shape, sizeof(shape));
    for (int i = 0; i < N_PART; i++)
        hash_add(h, q->part[i], length[i] * sizeof(double));
    hash_end(h, sha256);
    return gossip_same("the hash of the problem", sha256, "give all hosts the same file", e);
}

static int solve(struct given *q, const struct config *c, const char *out, struct err *e)
{
    struct config with = *c;
    char n[16], hash[HASH_TEXT];
    int status = 0;
    snprintf(n, sizeof(n), "%d", q->n);
    if (config_set(&with, "workers", n, e) < 0 || config_check(&with, e) < 0 ||
        config_hash(&with, hash, e) < 0)
        status = -1;
    if (gossip_agree(status, e) < 0 || agree_on_config(&with, hash, e) < 0 ||
        agree_on_problem(q, e) < 0)
        return -1;
    size_t dim[] = {(size_t)q->n_round + 1, (size_t)q->n, q->d};
    double *path = xcalloc(dim[0] * dim[1] * dim[2], sizeof(*path));
    status = run(q, &with, path, e);
    if (status == 0 && gossip_is_root()) {
        struct npz z = {0};
        npz_add(&z, "x", "f8", 3, dim, path);
        status = npz_write(&z, out, e);
        npz_close(&z);
    }
    free(path);
    return gossip_agree(status, e);
}

int conformance_method(const struct config *c, const char *in, const char *out, struct err *e)
{
    struct given q = {0};
    int status = gossip_agree(read_given(&q, in, e), e);
    if (status == 0)
        status = solve(&q, c, out, e);
    for (int i = 0; i < N_PART; i++)
        free(q.part[i]);
    return status;
}
