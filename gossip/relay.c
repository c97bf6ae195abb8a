/* relay: messages that are relayed along the edges of a graph: m_{i->j} is v_i plus the messages
 * that i received in the last round from all neighbours but j.  The messages received by a rank's
 * workers are one slab, ordered by (receiver, sender), which is also the order of sending. */
#include "gossip/hosting.h"
#include <stdlib.h>
#include <string.h>

struct in {
    int from, rank;
};
struct out {
    int from, to, rank;
    size_t at; /* its row: in `next` if the receiver is here, else in `leaving` */
};
struct relay {
    struct gossip *g;
    int n_in, n_out, n_leaving, *degree; /* (n) edges into each worker */
    long n_edge;
    int *start; /* (count + 1) where the edges into a local worker start */
    struct in *in;
    struct out *out;
    real *heard, *next, *leaving; /* (n_in, stride) twice, (n_leaving, stride) */
    const real **term;            /* the vectors to add up */
    MPI_Request *request;
};

static int is_edge(const double *W, int n, int from, int to)
{
    return from != to && W[(size_t)to * (size_t)n + (size_t)from] != 0;
}

/* List the edges from local workers, in the order in which their receivers list them. */
static void list_out(struct relay *r, const double *W)
{
    struct gossip *g = r->g;
    int first = gossip_first(g), count = gossip_count(g);
    for (int to = 0; to < g->n; to++)
        for (int from = first; from < first + count; from++) {
            if (!is_edge(W, g->n, from, to))
                continue;
            struct out *e = &r->out[r->n_out++];
            *e = (struct out){from, to, owner_of(g, to), (size_t)r->n_leaving};
            if (e->rank != g->rank) {
                r->n_leaving++;
                continue;
            }
            e->at = (size_t)r->start[to - first];
            while (r->in[e->at].from != from)
                e->at++;
        }
}

struct relay *relay_open(struct gossip *g, const double *W)
{
    struct relay *r = xcalloc(1, sizeof(*r));
    int n = g->n, first = gossip_first(g), count = gossip_count(g), n_out = 0;
    r->g = g;
    r->degree = xcalloc((size_t)n, sizeof(*r->degree));
    r->start = xcalloc((size_t)count + 1, sizeof(*r->start));
    for (int to = 0; to < n; to++)
        for (int from = 0; from < n; from++) {
            r->degree[to] += is_edge(W, n, from, to);
            n_out += is_edge(W, n, from, to) && owner_of(g, from) == g->rank;
        }
    for (int i = 0; i < n; i++)
        r->n_edge += r->degree[i];
    for (int i = 0; i < count; i++)
        r->start[i + 1] = r->start[i] + r->degree[first + i];
    r->in = xcalloc((size_t)r->start[count], sizeof(*r->in));
    for (int to = first; to < first + count; to++)
        for (int from = 0; from < n; from++)
            if (is_edge(W, n, from, to))
                r->in[r->n_in++] = (struct in){from, owner_of(g, from)};
    r->out = xcalloc((size_t)n_out, sizeof(*r->out));
    list_out(r, W);
    r->term = xcalloc((size_t)n + 1, sizeof(*r->term));
    r->request = xcalloc((size_t)(r->n_in + r->n_leaving), sizeof(MPI_Request));
    return r;
}

void relay_allocate(struct relay *r)
{
    size_t stride = r->g->stride;
    r->heard = xcalloc((size_t)r->n_in * stride, sizeof(real));
    r->next = xcalloc((size_t)r->n_in * stride, sizeof(real));
    r->leaving = xcalloc((size_t)r->n_leaving * stride, sizeof(real));
}

void relay_close(struct relay *r)
{
    if (!r)
        return;
    free(r->degree), free(r->start), free(r->in), free(r->out), free(r->term), free(r->request);
    free(r->heard), free(r->next), free(r->leaving);
    free(r);
}

long relay_edges(const struct relay *r)
{
    return r->n_edge;
}

double relay_bytes(const struct relay *r)
{
    return (2.0 * r->n_in + r->n_leaving) * (double)r->g->stride * sizeof(real);
}

int relay_n_message(const struct relay *r, int i)
{
    return r->degree[i];
}

real *relay_message(struct relay *r, int i, int k)
{
    int local = i - gossip_first(r->g);
    if (local < 0 || local >= gossip_count(r->g))
        return NULL;
    return r->heard + (size_t)(r->start[local] + k) * r->g->stride;
}

/* out = the sum of n vectors of length d, in double and in this order. */
static void add_up(const real *const *term, int n, size_t d, real *out)
{
    enum { BLOCK = 1024 };
    for (size_t at = 0; at < d; at += BLOCK) {
        double sum[BLOCK];
        size_t len = d - at < BLOCK ? d - at : BLOCK;
        for (size_t q = 0; q < len; q++)
            sum[q] = (double)term[0][at + q];
        for (int k = 1; k < n; k++)
            for (size_t q = 0; q < len; q++)
                sum[q] += (double)term[k][at + q];
        for (size_t q = 0; q < len; q++)
            out[at + q] = (real)sum[q];
    }
}

/* out = v of a local worker plus its messages in a slab, except the one from worker `but`. */
static void add_messages(struct relay *r, const real *v, const real *slab, int worker, int but,
                         real *out)
{
    int n = 0, i = worker - gossip_first(r->g);
    r->term[n++] = v;
    for (int k = r->start[i]; k < r->start[i + 1]; k++)
        if (r->in[k].from != but)
            r->term[n++] = slab + (size_t)k * r->g->stride;
    add_up(r->term, n, r->g->d, out);
}

/* Set to 0 the messages of this round that, by W, do not arrive. */
static void lose_messages(struct relay *r, const double *W)
{
    size_t n = (size_t)r->g->n, first = (size_t)gossip_first(r->g);
    for (size_t i = 0; i < (size_t)gossip_count(r->g); i++)
        for (int k = r->start[i]; k < r->start[i + 1]; k++)
            if (W[(first + i) * n + (size_t)r->in[k].from] == 0)
                memset(r->next + (size_t)k * r->g->stride, 0, r->g->stride * sizeof(real));
}

void gossip_relay(struct gossip *g, struct relay *r, struct workers *w, int slot, const double *W)
{
    int n_request = 0, d = (int)g->d;
    CHECK(w->stride == g->stride && r->g == g && r->heard);
    for (int k = 0; k < r->n_in; k++)
        if (r->in[k].rank != g->rank)
            MPI_Irecv(r->next + (size_t)k * g->stride, d, MPI_REAL_TYPE, r->in[k].rank, 0, g->comm,
                      &r->request[n_request++]);
    for (int k = 0; k < r->n_out; k++) {
        const struct out *e = &r->out[k];
        real *message = (e->rank == g->rank ? r->next : r->leaving) + e->at * g->stride;
        add_messages(r, w->at[e->from - w->first].vec[slot], r->heard, e->from, e->to, message);
        if (e->rank != g->rank)
            MPI_Isend(message, d, MPI_REAL_TYPE, e->rank, 0, g->comm, &r->request[n_request++]);
    }
    MPI_Waitall(n_request, r->request, MPI_STATUSES_IGNORE);
    if (W)
        lose_messages(r, W);
    for (int i = 0; i < w->count; i++) {
        real *v = w->at[i].vec[slot];
        add_messages(r, v, r->next, w->first + i, -1, v);
    }
    real *old = r->heard;
    r->heard = r->next, r->next = old;
}
