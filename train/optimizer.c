#include "train/optimizer.h"
#include <math.h>
#include <string.h>

int optimizer_open(struct optimizer *o, const struct optimizer_request *q, size_t d, struct err *e)
{
    memset(o, 0, sizeof(*o));
    o->algorithm = algorithm_find(q->algorithm, e);
    memcpy(o->parameter, q->parameter, sizeof(o->parameter));
    o->weight_decay = q->weight_decay, o->clip_norm = q->clip_norm;
    o->local_steps = q->local_steps ? q->local_steps : 1;
    o->faults = q->faults;
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

/* The matrix W of what arrives in an exchange; *n_sent gets the number of messages sent.  For
 * push-sum, which mixes weights, no mass is lost with a message. */
static const double *arrivals(struct optimizer *o, struct tick k, enum exchange x, long *n_sent)
{
    const struct algorithm *a = o->algorithm;
    enum keeper keeper = a->weighted && a->mixed ? SENDER_KEEPS : RECEIVER_KEEPS;
    return graph_with_faults(&o->graph, &o->faults, k.round, k.step, x, keeper, n_sent);
}

static void mix(struct optimizer *o, struct tick k, enum exchange x, unsigned slots)
{
    const struct algorithm *a = o->algorithm;
    double size = a->size ? a->size(o->w.d) : (double)o->w.length;
    if (!slots || k.is_local)
        return;
    if (faults_on_edges(&o->faults)) {
        long n_sent;
        struct mixing *m = mixing_open(o->gossip, arrivals(o, k, x, &n_sent));
        gossip_mix(o->gossip, m, &o->w, slots);
        mixing_close(m);
        o->bytes_sent += 4 * size * (double)n_sent * __builtin_popcount(slots);
    } else {
        const struct mixing *m = graph_at(&o->graph, k.round);
        gossip_mix(o->gossip, m, &o->w, slots);
        o->bytes_sent += 4 * size * (double)mixing_edges(m) * __builtin_popcount(slots);
    }
}

/* Counted as a message from every worker to every other one. */
static void average(struct optimizer *o, unsigned slots)
{
    double n = o->w.n;
    gossip_average(o->gossip, &o->w, slots);
    o->bytes_sent += 4 * (double)o->w.length * n * (n - 1) * __builtin_popcount(slots);
}

static void relay(struct optimizer *o, struct tick k)
{
    long n_sent = relay_edges(o->relay);
    const double *W = faults_on_edges(&o->faults) ? arrivals(o, k, MAIN_EXCHANGE, &n_sent) : NULL;
    gossip_relay(o->gossip, o->relay, &o->w, X, W);
    o->bytes_sent += 4 * (double)o->w.length * (double)n_sent;
}

/* Scale g so that its 2-norm is at most `most`, as torch.nn.utils.clip_grad_norm_ does. */
static void clip(struct worker *w, double most)
{
    real *g = w->vec[G];
    double square = 0;
    for (size_t k = 0; k < w->d; k++)
        square += (double)g[k] * (double)g[k];
    double scale = most / (sqrt(square) + 1e-6);
    for (size_t k = 0; k < w->d && !(scale >= 1); k++)
        g[k] *= (real)scale;
}

static void add_decay(struct worker *w, double weight_decay)
{
    real *g = w->vec[G], decay = (real)weight_decay;
    const real *x = w->vec[X];
    for (size_t k = 0; k < w->d; k++)
        g[k] += decay * x[k];
}

/* Apply a part of the method to every local worker that is not away; NULL: the method has no such
 * part. */
static void apply(struct optimizer *o, struct tick k,
                  void (*part)(struct worker *w, const union value *h, struct tick k))
{
    for (int i = 0; i < o->w.count && part; i++)
        if (!faults_is_away(&o->faults, o->w.at[i].id, k.step))
            part(&o->w.at[i], o->parameter, k);
}

/* The worker with each vector cut to at most `part` numbers, starting at `at`. */
static struct worker part_of(const struct worker *w, size_t at, size_t part)
{
    struct worker p = {.id = w->id, .d = w->d - at < part ? w->d - at : part};
    for (int s = 0; s < MAX_VEC; s++)
        p.vec[s] = w->vec[s] ? w->vec[s] + at : NULL;
    return p;
}

/* Add weight decay and apply the method's first part, on stretches short enough to stay in
 * cache. */
static void step_before_mix(struct optimizer *o, struct worker *w, struct tick k)
{
    enum { IN_CACHE = 2048 };
    const struct algorithm *a = o->algorithm;
    size_t part = a->whole ? w->d : IN_CACHE;
    for (size_t at = 0; at < w->d; at += part) {
        struct worker p = part_of(w, at, part);
        add_decay(&p, o->weight_decay);
        if (a->before_mix)
            a->before_mix(&p, o->parameter, k);
    }
}

static void compute(struct optimizer *o, struct tick k, void (*gradient)(void *context, int i),
                    void *context)
{
    for (int i = 0; i < o->w.count; i++) {
        struct worker *w = &o->w.at[i];
        if (faults_is_away(&o->faults, w->id, k.step))
            continue;
        gradient(context, i);
        if (faults_is_late(&o->faults, w->id, k.step))
            memset(w->vec[G], 0, w->d * sizeof(real));
        if (o->clip_norm > 0)
            clip(w, o->clip_norm);
        step_before_mix(o, w, k);
    }
}

void optimizer_step(struct optimizer *o, struct tick k, void (*gradient)(void *context, int i),
                    void *context)
{
    const struct algorithm *a = o->algorithm;
    double begin = seconds_now();
    k.weight_decay = o->weight_decay;
    k.local_steps = o->local_steps, k.round = k.step / k.local_steps;
    k.is_local = (k.step + 1) % k.local_steps != 0;
    k.n_expected = faults_on_edges(&o->faults) && !k.is_local ? o->w.n : 0;
    compute(o, k, gradient, context);
    double computed = seconds_now();
    mix(o, k, FIRST_EXCHANGE, a->mixed_first);
    apply(o, k, a->between);
    mix(o, k, MAIN_EXCHANGE, algorithm_mixed(a, o->parameter, k));
    average(o, algorithm_averaged(a, o->parameter, k));
    if (o->relay && !k.is_local)
        relay(o, k);
    apply(o, k, a->after_mix);
    o->seconds_compute += computed - begin, o->seconds_mix += seconds_now() - computed;
}
