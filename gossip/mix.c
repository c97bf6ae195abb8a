/* mix: v_i <- sum_j W[i, j] v_j.  Each row that a rank needs is sent to it once; receives are
 * posted first; rows whose neighbours are all local are mixed while messages travel. */
#include "gossip/hosting.h"
#include <stdlib.h>
#include <string.h>

/* How many numbers of a row are summed at a time, how many terms are added at a time, and how many
 * numbers of all rows together are mixed at a time. */
enum { BLOCK = 1024, AT_ONCE = 3, IN_CACHE = 1 << 20 };

struct term {
    int worker;
    double weight;
};
struct message {
    int worker, rank; /* the worker whose row it is; the rank that sends or receives it */
};
struct mixing {
    int count, n_receive, n_send;
    long n_edge;
    int *start;        /* (count + 1) where a local row's terms start */
    int *inner;        /* (count) whether all neighbours of a local row are local */
    int *same;         /* (count) the first local row with the same terms */
    struct term *term; /* neighbours in worker order */
    struct message *receive, *send;
};

/* The first row with the same terms as row i, given that of the row before: i itself if their terms
 * differ. */
static int first_same(const struct mixing *m, int i)
{
    int n = m->start[i + 1] - m->start[i];
    for (int k = 0; k < n; k++) {
        const struct term *t = &m->term[m->start[i] + k], *before = t - n;
        if (i == 0 || m->start[i] - m->start[i - 1] != n || t->worker != before->worker ||
            t->weight != before->weight)
            return i;
    }
    return m->same[i - 1];
}

struct mixing *mixing_open(struct gossip *g, const double *W)
{
    int n = g->n, first = gossip_first(g), count = gossip_count(g);
    size_t n_term = 0, n_w = (size_t)n;
    struct mixing *m = xcalloc(1, sizeof(*m));
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            int edge = W[(size_t)i * n_w + (size_t)j] != 0;
            m->n_edge += edge && i != j;
            n_term += (size_t)(edge && i >= first && i < first + count);
        }
    m->count = count;
    m->start = xcalloc((size_t)count + 1, sizeof(*m->start));
    m->inner = xcalloc((size_t)count, sizeof(*m->inner));
    m->same = xcalloc((size_t)count, sizeof(*m->same));
    m->term = xcalloc(n_term + (size_t)count, sizeof(*m->term));
    m->receive = xcalloc(n_w, sizeof(*m->receive));
    m->send = xcalloc((size_t)count * (size_t)g->n_rank, sizeof(*m->send));
    int at = 0;
    for (int i = 0; i < count; i++) {
        m->start[i] = at, m->inner[i] = 1;
        for (int j = 0; j < n; j++) {
            double weight = W[(size_t)(first + i) * n_w + (size_t)j];
            if (weight == 0)
                continue;
            m->term[at++] = (struct term){j, weight};
            m->inner[i] &= j >= first && j < first + count;
        }
        if (at == m->start[i]) /* an empty row, as when push-sum loses messages, gives 0 */
            m->term[at++] = (struct term){first + i, 0};
    }
    m->start[count] = at;
    for (int i = 0; i < count; i++)
        m->same[i] = first_same(m, i);
    for (int j = 0; j < n; j++) /* which rows to receive, and to which ranks to send ours */
        for (int r = 0; r < g->n_rank; r++) {
            int owner = owner_of(g, j), listens = 0;
            if (r == owner || (r != g->rank && owner != g->rank))
                continue;
            for (int i = first_of(g, r); i < first_of(g, r + 1); i++)
                listens |= W[(size_t)i * n_w + (size_t)j] != 0;
            if (listens && r == g->rank)
                m->receive[m->n_receive++] = (struct message){j, owner};
            else if (listens)
                m->send[m->n_send++] = (struct message){j, r};
        }
    return m;
}

void mixing_close(struct mixing *m)
{
    if (!m)
        return;
    free(m->start), free(m->inner), free(m->same), free(m->term), free(m->receive), free(m->send);
    free(m);
}

long mixing_edges(const struct mixing *m)
{
    return m->n_edge;
}

int mixing_hears(const struct mixing *m, int worker)
{
    for (int k = 0; k < m->n_receive; k++)
        if (m->receive[k].worker == worker)
            return 1;
    return 0;
}

static const real *row_of(const struct gossip *g, const struct workers *w, int slot, int j)
{
    int here = j >= w->first && j < w->first + w->count;
    return here ? w->at[j - w->first].vec[slot] : g->halo[j];
}

/* sum = the weighted sum of n stretches, added to what sum holds unless `fresh`.  Terms are added
 * in order, so n decides only how often sum is read and written, not the result. */
static inline __attribute__((always_inline)) void add_terms(int n, int fresh,
                                                            const double *restrict weight,
                                                            const real *const *restrict in,
                                                            size_t len, double *restrict sum)
{
    for (size_t q = 0; q < len; q++) {
        double s = fresh ? weight[0] * (double)in[0][q] : sum[q] + weight[0] * (double)in[0][q];
        for (int k = 1; k < n; k++)
            s += weight[k] * (double)in[k][q];
        sum[q] = s;
    }
}

/* Numbers `at` to `end` of a local row, in double and in worker order. */
static void mix_row(struct gossip *g, const struct mixing *m, const struct workers *w, int slot,
                    int i, size_t at, size_t end)
{
    real *out = g->spare + (size_t)i * g->stride;
    for (; at < end; at += BLOCK) {
        size_t len = end - at < BLOCK ? end - at : BLOCK;
        double sum[BLOCK], weight[AT_ONCE];
        const real *in[AT_ONCE];
        for (int k = m->start[i], n; k < m->start[i + 1]; k += n) {
            n = m->start[i + 1] - k < AT_ONCE ? 1 : AT_ONCE;
            int fresh = k == m->start[i];
            for (int t = 0; t < n; t++) {
                weight[t] = m->term[k + t].weight;
                in[t] = row_of(g, w, slot, m->term[k + t].worker) + at;
            }
            if (n == AT_ONCE && fresh)
                add_terms(AT_ONCE, 1, weight, in, len, sum);
            else if (n == AT_ONCE)
                add_terms(AT_ONCE, 0, weight, in, len, sum);
            else
                add_terms(1, fresh, weight, in, len, sum);
        }
        for (size_t q = 0; q < len; q++)
            out[at + q] = (real)sum[q];
    }
}

/* Mix the local rows whose neighbours are all local, or the others.  On a dense graph the same
 * stretch of all rows is mixed at a time, so that the neighbours' rows are still in cache; on a
 * ring it is faster to mix one row after the other.  Rows with the same weights, as on a complete
 * graph, have the same result, which is computed once. */
static void mix_rows(struct gossip *g, const struct mixing *m, const struct workers *w, int slot,
                     int inner)
{
    int is_dense = m->start[m->count] > AT_ONCE * m->count;
    size_t stretch = is_dense ? (size_t)(IN_CACHE / w->n / BLOCK + 1) * BLOCK : g->d;
    for (size_t at = 0, end; at < g->d; at = end) {
        end = g->d - at < stretch ? g->d : at + stretch;
        for (int i = 0; i < m->count; i++) {
            real *out = g->spare + at;
            if (m->inner[i] != inner)
                continue;
            if (m->same[i] == i)
                mix_row(g, m, w, slot, i, at, end);
            else
                memcpy(out + (size_t)i * g->stride, out + (size_t)m->same[i] * g->stride,
                       (end - at) * sizeof(real));
        }
    }
}

static int exchange_begin(struct gossip *g, const struct mixing *m, const struct workers *w,
                          int slot)
{
    int n = 0, d = (int)g->d;
    for (int k = 0; k < m->n_receive; k++) {
        int j = m->receive[k].worker;
        if (!g->halo[j])
            g->halo[j] = xcalloc(g->d, sizeof(real));
        MPI_Irecv(g->halo[j], d, MPI_REAL_TYPE, m->receive[k].rank, j, g->comm, &g->request[n++]);
    }
    for (int k = 0; k < m->n_send; k++)
        MPI_Isend(row_of(g, w, slot, m->send[k].worker), d, MPI_REAL_TYPE, m->send[k].rank,
                  m->send[k].worker, g->comm, &g->request[n++]);
    return n;
}

void gossip_mix(struct gossip *g, const struct mixing *m, struct workers *w, unsigned slots)
{
    CHECK(w->stride == g->stride && w->count == m->count);
    spare_of(g);
    for (int s = 0; s < MAX_VEC; s++) {
        if (!(slots & BIT(s)))
            continue;
        int n_request = exchange_begin(g, m, w, s);
        mix_rows(g, m, w, s, 1);
        MPI_Waitall(n_request, g->request, MPI_STATUSES_IGNORE);
        mix_rows(g, m, w, s, 0);
        g->spare = workers_swap(w, s, g->spare);
    }
}
