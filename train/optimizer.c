#include "train/optimizer.h"
#include <string.h>

int optimizer_open(struct optimizer *o, const struct optimizer_request *q, size_t d, struct err *e)
{
    memset(o, 0, sizeof(*o));
    o->algorithm = algorithm_find(q->algorithm, e);
    memcpy(o->parameter, q->parameter, sizeof(o->parameter));
    o->weight_decay = q->weight_decay;
    if (!o->algorithm || !(o->gossip = gossip_open(q->n, d + (size_t)o->algorithm->weighted, e)))
        return -1;
    graph_open(&o->graph, o->gossip,
               &(struct topology_spec){.name = q->topology,
                                       .n = q->n,
                                       .lazy = q->lazy,
                                       .seed = q->seed,
                                       .value = q->topology_parameter});
    o->w.n = q->n, o->w.d = d;
    if (!o->algorithm->relayed)
        return 0;
    if ((o->relay = graph_relay(&o->graph)))
        return 0;
    optimizer_close(o);
    return err_usage(e, "%s keeps a message on every edge, but the edges of %s change: take a tree",
                     q->algorithm, q->topology);
}

double optimizer_memory(struct optimizer *o)
{
    int slots = S0 + o->algorithm->n_state + 1; /* including gossip's spare slot */
    double vectors = (double)slots * gossip_count(o->gossip);
    if (o->algorithm->mixed)
        vectors += graph_n_heard(&o->graph);
    return vectors * (double)o->w.d * sizeof(real) + (o->relay ? relay_bytes(o->relay) : 0);
}

void optimizer_allocate(struct optimizer *o)
{
    workers_init(&o->w, o->w.n, gossip_first(o->gossip), gossip_count(o->gossip), o->w.d,
                 o->algorithm->weighted, S0 + o->algorithm->n_state);
    if (o->relay)
        relay_allocate(o->relay);
}

void optimizer_close(struct optimizer *o)
{
    relay_close(o->relay);
    graph_close(&o->graph);
    gossip_close(o->gossip);
    workers_release(&o->w);
    memset(o, 0, sizeof(*o));
}

int optimizer_n_row(const struct optimizer *o, int i)
{
    return 1 + o->algorithm->n_state + (o->relay ? relay_n_message(o->relay, i) : 0);
}

real *optimizer_row(struct optimizer *o, int i, int k)
{
    int local = i - o->w.first, n_slot = 1 + o->algorithm->n_state;
    if (k >= n_slot)
        return relay_message(o->relay, i, k - n_slot);
    return local < 0 || local >= o->w.count ? NULL : o->w.at[local].vec[k ? S0 + k - 1 : X];
}

/* The number of values that all workers send: along the graph's edges, and for exact averages from
 * all to all. */
static double values_sent(const struct optimizer *o, const struct mixing *m, unsigned mixed,
                          unsigned averaged)
{
    const struct algorithm *a = o->algorithm;
    double n = o->w.n, d = (double)o->w.length, size = a->size ? a->size(o->w.d) : d;
    return size * (double)mixing_edges(m) * __builtin_popcount(mixed) +
           d * n * (n - 1) * __builtin_popcount(averaged);
}

static void exchange(struct optimizer *o, const struct mixing *m, unsigned mixed, unsigned averaged)
{
    gossip_mix(o->gossip, m, &o->w, mixed);
    gossip_average(o->gossip, &o->w, averaged);
    o->bytes_sent += 4 * values_sent(o, m, mixed, averaged);
}

static void add_decay(struct worker *w, double weight_decay)
{
    real *g = w->vec[G], decay = (real)weight_decay;
    const real *x = w->vec[X];
    for (size_t k = 0; k < w->d; k++)
        g[k] += decay * x[k];
}

void optimizer_step(struct optimizer *o, struct tick k, void (*gradient)(void *context, int i),
                    void *context)
{
    const struct algorithm *a = o->algorithm;
    const union value *h = o->parameter;
    const struct mixing *mixing = graph_at(&o->graph, k.step);
    double begin = seconds_now();
    k.weight_decay = o->weight_decay;
    for (int i = 0; i < o->w.count; i++) {
        gradient(context, i);
        add_decay(&o->w.at[i], o->weight_decay);
        if (a->before_mix)
            a->before_mix(&o->w.at[i], h, k);
    }
    double computed = seconds_now();
    exchange(o, mixing, a->mixed_first, 0);
    for (int i = 0; i < o->w.count && a->between; i++)
        a->between(&o->w.at[i], h, k);
    exchange(o, mixing, algorithm_mixed(a, h, k), algorithm_averaged(a, h, k));
    if (o->relay) {
        gossip_relay(o->gossip, o->relay, &o->w, X);
        o->bytes_sent += 4 * (double)o->w.length * (double)relay_edges(o->relay);
    }
    for (int i = 0; i < o->w.count && a->after_mix; i++)
        a->after_mix(&o->w.at[i], h, k);
    o->seconds_compute += computed - begin, o->seconds_mix += seconds_now() - computed;
}
