/* gossip: hosts n workers on P MPI ranks, mixes their vectors, and gathers what they report.  The
 * only folder that uses MPI.  Every result is the same, bit for bit, for every P: sums over workers
 * run in double and in worker order; MPI reduces only flags and counts.  A call marked "collective"
 * must be made by all ranks, in the same order. */
#ifndef GOSSIP_GOSSIP_H
#define GOSSIP_GOSSIP_H
#include "core/core.h"
#include "core/worker.h"

/* Start and end MPI; in between, die() ends all ranks. */
void gossip_start(int *argc, char ***argv);
void gossip_finish(void);
/* Whether a launcher (mpirun, srun) started this process as one of its ranks; may be called before
 * gossip_start. */
int gossip_is_launched(void);
/* If alone is not 0, each rank acts from now on as the only rank and the root, with runs of its
 * own, and no call is collective; if it is 0, all ranks act together again, as at the start. */
void gossip_part(int alone);
int gossip_n_rank(void);
int gossip_is_root(void);
int gossip_n_rank_here(void); /* on this machine; collective */
/* Send n bytes from the first rank of each machine to its others; returns whether this rank is the
 * first.  n may be 0.  Collective. */
int gossip_share_here(void *bytes, size_t n);
/* Name and version of the MPI library, such as "Open MPI v4.1.4". */
const char *gossip_describe(void);
/* Returns -1 at all ranks, with the sentence of the first such rank, if status is negative at any
 * rank; the sentence names that rank and its host if it is not the root.  Collective. */
int gossip_agree(int status, struct err *e);
/* Returns -1 at all ranks, with a sentence that ends in the remedy, unless this text is the same at
 * all of them.  Collective. */
int gossip_same(const char *what, const char *mine, const char *remedy, struct err *e);
/* Whether flag is set at any rank.  Collective. */
int gossip_any(int flag);
/* Send n bytes from the root to all ranks.  Collective. */
void gossip_share(void *bytes, size_t n);
/* Replace each of k whole numbers by its sum over the ranks, at every rank.  Collective. */
void gossip_sum(long *number, int k);

struct gossip; /* which rank hosts which workers: contiguous blocks, equal in size up to one */

/* Distribute n workers with vectors of d numbers over the ranks.  NULL with a sentence, the same at
 * all ranks, if there are more ranks than workers, or if d is more than MPI can count. */
struct gossip *gossip_open(int n, size_t d, struct err *e);
void gossip_close(struct gossip *g);
/* The first of the n workers that this one of n_rank ranks hosts. */
int gossip_first_of(int n, int n_rank, int rank);
int gossip_first(const struct gossip *g); /* this rank hosts workers first .. first + count - 1 */
int gossip_count(const struct gossip *g);

/* What this rank must send, receive and add up to mix with W (n, n), some of whose rows may be
 * empty.  Built once for a static graph. */
struct mixing;
struct mixing *mixing_open(struct gossip *g, const double *W);
void mixing_close(struct mixing *m);
/* Directed edges of the graph that W describes, self-loops not counted. */
long mixing_edges(const struct mixing *m);
/* Whether this rank receives the vector of a worker that another rank hosts. */
int mixing_hears(const struct mixing *m, int worker);

/* v_i becomes sum_j W[i, j] v_j for each slot in the set.  Collective. */
void gossip_mix(struct gossip *g, const struct mixing *m, struct workers *w, unsigned slots);

/* Messages relayed along the edges of a graph without weights (RelaySum; Vogels et al., NeurIPS
 * 2021): worker i sends to j
 *   m_{i->j} = v_i + sum_{k != j} m_{k->i}
 * where the sum is over the messages that i received in the last round.  On a tree, each v reaches
 * every worker once, delayed by one round per edge of the path. */
struct relay;
/* There is an edge j -> i wherever W[i, j] is not 0, i != j.  relay_allocate allocates the messages
 * and sets them to 0. */
struct relay *relay_open(struct gossip *g, const double *W);
void relay_allocate(struct relay *r);
void relay_close(struct relay *r);
long relay_edges(const struct relay *r);
double relay_bytes(const struct relay *r); /* what relay_allocate allocates at this rank */
/* The messages that worker i received last, ordered by sender: how many there are, and the k-th,
 * which is NULL at ranks that do not host i. */
int relay_n_message(const struct relay *r, int i);
real *relay_message(struct relay *r, int i, int k);
/* v_i becomes v_i + sum_j m_{j->i}, the messages of this round.  Collective.  If W (n, n) is not
 * NULL, messages from j to i with W[i, j] = 0 do not arrive in this round and count as 0. */
void gossip_relay(struct gossip *g, struct relay *r, struct workers *w, int slot, const double *W);

/* Every worker's v becomes the mean over all workers, for each slot in the set.  Collective. */
void gossip_average(struct gossip *g, struct workers *w, unsigned slots);
/* The mean (d) of one slot over all workers, at every rank.  Collective. */
void gossip_mean(struct gossip *g, const struct workers *w, int slot, real *mean);
/* Gather k doubles of each local worker, (count, k), as (n, k) at the root.  Collective. */
void gossip_gather(struct gossip *g, const double *local, int k, double *all);
/* The same for the reals of one worker: copy worker i's row from rows (count, k) of the rank that
 * hosts it to row (k) at the root, or back.  Collective. */
void gossip_fetch(struct gossip *g, int i, const real *rows, size_t stride, size_t k, real *row);
void gossip_deliver(struct gossip *g, int i, const real *row, size_t k, real *rows, size_t stride);
#endif
