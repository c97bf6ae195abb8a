/* gossip: hosts n workers on P MPI ranks, mixes their vectors, and gathers what they report.
 * The only folder that talks MPI.  Every result is the same, bit for bit, whatever P is: sums over
 * workers run in double and in worker order; nothing is reduced by MPI but flags and counts.
 * Calls that end in "all ranks" must be made by all of them, in the same order. */
#ifndef GOSSIP_GOSSIP_H
#define GOSSIP_GOSSIP_H
#include "core/core.h"
#include "core/worker.h"

/* Start and end MPI; die() now ends all ranks. */
void gossip_start(int *argc, char ***argv);
void gossip_finish(void);
/* Whether a launcher (mpirun, srun) started this process as one of its ranks; before gossip_start,
 * too. */
int gossip_is_launched(void);
/* From now on each rank is alone, the only one and the root, with runs of its own; or, with 0, they
 * are all together again, as at the start.  In between no call is one of all ranks. */
void gossip_part(int alone);
int gossip_n_rank(void);
int gossip_is_root(void);
int gossip_n_rank_here(void); /* on this machine; all ranks */
/* "Open MPI v4.1.4" */
const char *gossip_describe(void);
/* If status is negative at any rank, all ranks get -1 and the sentence of the first such rank;
 * all ranks. */
int gossip_agree(int status, struct err *e);
/* Whether flag is set at any rank; all ranks. */
int gossip_any(int flag);
/* Send n bytes from the root to all ranks; all ranks. */
void gossip_share(void *bytes, size_t n);
/* Sum of k whole numbers over the ranks, at all ranks. */
void gossip_sum(long *number, int k);

struct gossip; /* who hosts whom: contiguous blocks of workers, sizes differing by at most one */

/* n workers with vectors of d numbers; NULL with a sentence if there are more ranks than workers,
 * the same at all ranks. */
struct gossip *gossip_open(int n, size_t d, struct err *e);
void gossip_close(struct gossip *g);
int gossip_first(const struct gossip *g); /* this rank hosts workers first .. first + count - 1 */
int gossip_count(const struct gossip *g);

/* What W (n, n) asks of this rank: which rows go where.  Built once for a static graph. */
struct mixing;
struct mixing *mixing_open(struct gossip *g, const double *W);
void mixing_close(struct mixing *m);
/* Directed edges of the graph that W describes, self-loops not counted. */
long mixing_edges(const struct mixing *m);
/* Whether this rank receives the vector of a worker that another rank hosts. */
int mixing_hears(const struct mixing *m, int worker);

/* v_i becomes sum_j W[i, j] v_j for each slot in the set; all ranks. */
void gossip_mix(struct gossip *g, const struct mixing *m, struct workers *w, unsigned slots);

/* What a graph without weights passes on, round after round (RelaySum; Vogels et al., NeurIPS
 * 2021): worker i sends to j  m_{i->j} = v_i + sum_{k != j} m_{k->i},  the sum over what it got in
 * the last round; so on a tree each v arrives once, as many rounds late as it comes from far. */
struct relay;
/* An edge j -> i wherever W[i, j] is not 0, i != j; messages are 0 once there is room for them. */
struct relay *relay_open(struct gossip *g, const double *W);
void relay_allocate(struct relay *r);
void relay_close(struct relay *r);
long relay_edges(const struct relay *r);
double relay_bytes(const struct relay *r); /* that relay_allocate takes at this rank */
/* The messages that worker i got last, by sender: how many; the k-th, NULL at other ranks. */
int relay_n_message(const struct relay *r, int i);
real *relay_message(struct relay *r, int i, int k);
/* v_i becomes v_i + sum_j m_{j->i}, the messages of this round; all ranks. */
void gossip_relay(struct gossip *g, struct relay *r, struct workers *w, int slot);

/* Every worker's v becomes the mean over all workers, for each slot in the set; all ranks. */
void gossip_average(struct gossip *g, struct workers *w, unsigned slots);
/* The mean over all workers of one slot, at every rank (d); all ranks. */
void gossip_mean(struct gossip *g, const struct workers *w, int slot, real *mean);
/* k doubles of each local worker (count, k) become (n, k) at the root; all ranks. */
void gossip_gather(struct gossip *g, const double *local, int k, double *all);
/* The same for numbers of the net's kind, one row of each worker: rows (count, k) to row (k) of
 * worker i at the root; and back.  All ranks. */
void gossip_fetch(struct gossip *g, int i, const real *rows, size_t stride, size_t k, real *row);
void gossip_deliver(struct gossip *g, int i, const real *row, size_t k, real *rows, size_t stride);
#endif
