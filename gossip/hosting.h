/* hosting: what the files of gossip/ share; no other folder includes this. */
#ifndef GOSSIP_HOSTING_H
#define GOSSIP_HOSTING_H
#include "gossip/gossip.h"
#include <mpi.h>

#ifdef REAL_DOUBLE
#define MPI_REAL_TYPE MPI_DOUBLE
#else
#define MPI_REAL_TYPE MPI_FLOAT
#endif

struct gossip {
    MPI_Comm comm; /* our own, so that messages of other libraries cannot be mistaken for ours */
    int rank, n_rank, n;
    size_t d, stride;
    real **halo;          /* (n) a remote worker's vector, allocated when first needed */
    real *spare;          /* (count, stride) for mixing out of place; allocated when first needed */
    MPI_Request *request; /* (n n_rank + n) */
};

MPI_Comm ranks(void); /* the ranks that now act together: all, or only this one */
real *spare_of(struct gossip *g);

static inline int first_of(const struct gossip *g, int rank)
{
    return gossip_first_of(g->n, g->n_rank, rank);
}
static inline int count_of(const struct gossip *g, int rank)
{
    return first_of(g, rank + 1) - first_of(g, rank);
}
static inline int owner_of(const struct gossip *g, int worker)
{
    int r = (int)((long)worker * g->n_rank / g->n);
    while (first_of(g, r + 1) <= worker)
        r++;
    return r;
}
#endif
