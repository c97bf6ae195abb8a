#include "clock/clock.h"
#include "clock/exchange.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One simulated run. */
struct clock {
    const struct config *c;
    const struct network *w;
    const struct algorithm *a;
    union value h[MAX_PARAMETER];
    struct exchanges graph;
    int P;
    double vector;              /* bytes of a message with one vector */
    double *now, *ready, *next; /* (P) when a host has ended its round; has computed; goes on */
};

static double workers_on(const struct clock *k, int host)
{
    int n = (int)k->c->workers;
    return hosts_first(n, k->P, host + 1) - hosts_first(n, k->P, host);
}

/* Bytes over a host's link while it sends, and while it receives. */
static double leaving(const struct clock *k, const struct exchange_of_hosts *x, int host)
{
    return k->vector * (x->sends[host] + (k->w->half_duplex ? x->receives[host] : 0));
}

static double arriving(const struct clock *k, const struct exchange_of_hosts *x, int host)
{
    return k->vector * (x->receives[host] + (k->w->half_duplex ? x->sends[host] : 0));
}

/* An exchange of messages with this many vectors moves every host's time. */
static void exchange(struct clock *k, const struct exchange_of_hosts *x, double vectors)
{
    const struct network *w = k->w;
    for (int p = 0; p < k->P; p++)
        k->next[p] = k->now[p] + vectors * leaving(k, x, p) / w->bandwidth;
    for (int m = 0; m < x->n; m++) {
        int from = x->transfer[m].from, to = x->transfer[m].to;
        double bytes = vectors * fmax(leaving(k, x, from), arriving(k, x, to));
        k->next[to] = fmax(k->next[to], k->now[from] + w->latency + bytes / w->bandwidth);
    }
    memcpy(k->now, k->next, (size_t)k->P * sizeof(*k->now));
}

static void all_reduce(struct clock *k, double vectors)
{
    double last = 0, P = k->P;
    for (int p = 0; p < k->P; p++)
        last = fmax(last, k->now[p]);
    last += 2 * (P - 1) * k->w->latency +
            2 * (P - 1) / P * vectors * k->vector * (k->w->half_duplex ? 2 : 1) / k->w->bandwidth;
    for (int p = 0; p < k->P; p++)
        k->now[p] = last;
}

static int slots(unsigned set)
{
    return __builtin_popcount(set);
}

/* The messages of a round, times their vectors; without averages, which log n (n - 1). */
static double messages_of(struct clock *k, struct tick t)
{
    double n = (double)k->c->workers;
    int mixes = slots(k->a->mixed_first) + slots(algorithm_mixed(k->a, k->h, t));
    int averages = slots(algorithm_averaged(k->a, k->h, t));
    double edges = mixes || k->a->relayed ? exchanges_at(&k->graph, t.step)->edges : 0;
    return edges * (mixes + (k->a->relayed != 0)) + n * (n - 1) * averages;
}

/* With overlap, messages leave when the round begins, and computing ends it if it takes longer. */
static void do_round(struct clock *k, struct tick t)
{
    for (int p = 0; p < k->P; p++)
        k->ready[p] = k->now[p] + workers_on(k, p) * k->w->compute;
    if (!k->w->overlap)
        memcpy(k->now, k->ready, (size_t)k->P * sizeof(*k->now));
    int first = slots(k->a->mixed_first), main = slots(algorithm_mixed(k->a, k->h, t));
    if (first)
        exchange(k, exchanges_at(&k->graph, t.step), first);
    if (main || k->a->relayed)
        exchange(k, exchanges_at(&k->graph, t.step), k->a->relayed ? 1 : main);
    if (algorithm_averaged(k->a, k->h, t))
        all_reduce(k, slots(algorithm_averaged(k->a, k->h, t)));
    for (int p = 0; p < k->P; p++)
        k->now[p] = fmax(k->now[p], k->ready[p]);
}

static void run_rounds(struct clock *k, double bytes, long n_round, double *seconds)
{
    double messages = 0;
    for (long step = 0; step < n_round; step++)
        messages += messages_of(k, (struct tick){.step = (int)step});
    k->vector = messages > 0 ? bytes / messages : 0;
    seconds[0] = 0;
    for (long step = 0; step < n_round; step++) {
        do_round(k, (struct tick){.step = (int)step});
        double last = 0;
        for (int p = 0; p < k->P; p++)
            last = fmax(last, k->now[p]);
        seconds[step + 1] = last;
    }
}

static int check(const struct config *c, const struct network *w, struct err *e)
{
    if (w->hosts > c->workers)
        return err_usage(e, "%d hosts are more than the %ld workers of the run", w->hosts,
                         c->workers);
    if (c->faults.absence > 0 || c->faults.straggle > 0)
        return err_set(e, "a run with absent or late workers has no simple cost: how late they are "
                          "is not known");
    return 0;
}

int clock_run(const struct config *c, const struct network *w, double bytes, long n_round,
              double *seconds, struct err *e)
{
    union value value[MAX_PARAMETER];
    struct clock k = {.c = c, .w = w, .P = w->hosts ? w->hosts : (int)c->workers};
    struct topology_spec g = config_topology(c, value);
    if (check(c, w, e) < 0 || !(k.a = algorithm_find(c->algorithm, e)) ||
        exchanges_open(&k.graph, &g, k.P, k.a->relayed, e) < 0)
        return -1;
    config_values(c, k.a->parameter, k.h);
    k.now = xcalloc(3 * (size_t)k.P, sizeof(*k.now));
    k.ready = k.now + k.P, k.next = k.ready + k.P;
    run_rounds(&k, bytes, n_round, seconds);
    free(k.now);
    exchanges_close(&k.graph);
    return 0;
}
