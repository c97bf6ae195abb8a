/* collect: exact means over all workers, and rows to and from the root. */
#include "gossip/hosting.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct gossip *gossip_open(int n, size_t d, struct err *e)
{
    enum { MOST = INT_MAX - 16 };
    struct gossip *g = xcalloc(1, sizeof(*g));
    MPI_Comm_dup(ranks(), &g->comm);
    MPI_Comm_rank(g->comm, &g->rank);
    MPI_Comm_size(g->comm, &g->n_rank);
    int status = 0;
    if (g->n_rank > n)
        status =
            err_usage(e, "%d MPI ranks cannot host %d workers: use at most one rank per worker",
                      g->n_rank, n);
    else if (d > MOST)
        status = err_usage(e,
                           "workers with %zu numbers each cannot be hosted: MPI counts %d of them "
                           "at most; take a smaller model or problem",
                           d, MOST);
    if (status < 0) {
        MPI_Comm_free(&g->comm);
        free(g);
        return NULL;
    }
    CHECK(d >= 1);
    g->n = n, g->d = d, g->stride = (d + 15) / 16 * 16;
    g->halo = xcalloc((size_t)n, sizeof(*g->halo));
    g->request = xcalloc((size_t)n * ((size_t)g->n_rank + 1), sizeof(*g->request));
    return g;
}

real *spare_of(struct gossip *g)
{
    if (!g->spare)
        g->spare = xcalloc((size_t)gossip_count(g) * g->stride, sizeof(real));
    return g->spare;
}

void gossip_close(struct gossip *g)
{
    if (!g)
        return;
    for (int i = 0; i < g->n; i++)
        free(g->halo[i]);
    MPI_Comm_free(&g->comm);
    free(g->halo), free(g->spare), free(g->request), free(g);
}

int gossip_first_of(int n, int n_rank, int rank)
{
    return (int)((long)rank * n / n_rank);
}

int gossip_first(const struct gossip *g)
{
    return first_of(g, g->rank);
}

int gossip_count(const struct gossip *g)
{
    return count_of(g, g->rank);
}

/* Each rank sums the same stretch of every worker's vector; that of rank r begins at cut(g, r). */
static size_t cut(const struct gossip *g, int r)
{
    return (size_t)r * g->d / (size_t)g->n_rank;
}

/* The part of rank r's stretch that is summed in a round, at most `most` coordinates.  Its start is
 * written to *from; returns its length, which may be 0. */
static size_t part(const struct gossip *g, int r, size_t round, size_t most, size_t *from)
{
    size_t end = cut(g, r + 1);
    *from = cut(g, r) + round * most;
    return *from >= end ? 0 : end - *from < most ? end - *from : most;
}

/* Every rank receives its part of all n workers' vectors: (n, len) in worker order. */
static void trade_parts(struct gossip *g, const real *slab, size_t round, size_t most, real *mine,
                        size_t len)
{
    int n = 0;
    for (int r = 0; r < g->n_rank; r++)
        MPI_Irecv(mine + (size_t)first_of(g, r) * len, (int)((size_t)count_of(g, r) * len),
                  MPI_REAL_TYPE, r, 0, g->comm, &g->request[n++]);
    for (int r = 0; r < g->n_rank; r++) {
        MPI_Datatype columns;
        size_t from, width = part(g, r, round, most, &from);
        MPI_Type_vector(gossip_count(g), (int)width, (int)g->stride, MPI_REAL_TYPE, &columns);
        MPI_Type_commit(&columns);
        MPI_Isend(slab + (width ? from : 0), 1, columns, r, 0, g->comm, &g->request[n++]);
        MPI_Type_free(&columns);
    }
    MPI_Waitall(n, g->request, MPI_STATUSES_IGNORE);
}

/* To save memory, this takes several rounds, in each of which every rank sums a part of its
 * stretch. */
void gossip_mean(struct gossip *g, const struct workers *w, int slot, real *mean)
{
    enum { VALUES = 1 << 18 }; /* of all workers together, per round */
    size_t most = VALUES / (size_t)g->n + 1, longest = g->d / (size_t)g->n_rank + 1;
    real *mine = xcalloc((size_t)g->n * most, sizeof(real));
    double *sum = xcalloc(most, sizeof(double));
    int *size = xcalloc(2 * (size_t)g->n_rank, sizeof(int)), *at = size + g->n_rank;
    for (size_t round = 0; round * most < longest; round++) {
        size_t from, len = part(g, g->rank, round, most, &from);
        trade_parts(g, w->slab[slot], round, most, mine, len);
        for (size_t k = 0; k < len; k++)
            sum[k] = (double)mine[k];
        for (size_t i = 1; i < (size_t)g->n; i++)
            for (size_t k = 0; k < len; k++)
                sum[k] += (double)mine[i * len + k];
        for (size_t k = 0; k < len; k++)
            mean[from + k] = (real)(sum[k] / g->n);
    }
    for (int r = 0; r < g->n_rank; r++)
        at[r] = (int)cut(g, r), size[r] = (int)(cut(g, r + 1) - cut(g, r));
    MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, mean, size, at, MPI_REAL_TYPE, g->comm);
    free(mine), free(sum), free(size);
}

void gossip_average(struct gossip *g, struct workers *w, unsigned slots)
{
    for (int s = 0; s < MAX_VEC; s++) {
        if (!(slots & BIT(s)))
            continue;
        real *first = w->at[0].vec[s];
        gossip_mean(g, w, s, spare_of(g));
        memcpy(first, g->spare, g->d * sizeof(real));
        for (int i = 1; i < w->count; i++)
            memcpy(w->at[i].vec[s], first, g->d * sizeof(real));
    }
}

void gossip_gather(struct gossip *g, const double *local, int k, double *all)
{
    int *size = xcalloc(2 * (size_t)g->n_rank, sizeof(int)), *at = size + g->n_rank;
    for (int r = 0; r < g->n_rank; r++)
        at[r] = first_of(g, r) * k, size[r] = count_of(g, r) * k;
    MPI_Gatherv(local, size[g->rank], MPI_DOUBLE, all, size, at, MPI_DOUBLE, 0, g->comm);
    free(size);
}

void gossip_fetch(struct gossip *g, int i, const real *rows, size_t stride, size_t k, real *row)
{
    if (k == 0) /* rows of nothing may be nowhere */
        return;
    int owner = owner_of(g, i);
    const real *ours = rows + (size_t)(i - gossip_first(g)) * stride;
    if (owner == 0 && g->rank == 0)
        memcpy(row, ours, k * sizeof(real));
    else if (owner == g->rank)
        MPI_Send(ours, (int)k, MPI_REAL_TYPE, 0, i, g->comm);
    else if (g->rank == 0)
        MPI_Recv(row, (int)k, MPI_REAL_TYPE, owner, i, g->comm, MPI_STATUS_IGNORE);
}

void gossip_deliver(struct gossip *g, int i, const real *row, size_t k, real *rows, size_t stride)
{
    if (k == 0) /* rows of nothing may be nowhere */
        return;
    int owner = owner_of(g, i);
    real *ours = rows + (size_t)(i - gossip_first(g)) * stride;
    if (owner == 0 && g->rank == 0)
        memcpy(ours, row, k * sizeof(real));
    else if (owner == g->rank)
        MPI_Recv(ours, (int)k, MPI_REAL_TYPE, 0, i, g->comm, MPI_STATUS_IGNORE);
    else if (g->rank == 0)
        MPI_Send(row, (int)k, MPI_REAL_TYPE, owner, i, g->comm);
}
