#include "clock/clock.h"
#include "clock/exchange.h"
#include "gossip/gossip.h"
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
    return gossip_first_of(n, k->P, host + 1) - gossip_first_of(n, k->P, host);
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

/* What a step sends, as in optimizer_step of train/. */
struct step {
    const struct exchange_of_hosts *graph; /* NULL: no gossip follows */
    int first, main, averaged;             /* vectors of each exchange, and of an exact average */
};

static struct step step_of(struct clock *k, long step)
{
    int H = (int)k->c->local_steps;
    struct tick t = {.step = (int)step, .local_steps = H, .round = (int)step / H};
    struct step s = {.averaged = slots(algorithm_averaged(k->a, k->h, t))};
    t.is_local = (t.step + 1) % H != 0;
    if (t.is_local)
        return s;
    s.first = slots(k->a->mixed_first);
    s.main = k->a->relayed ? 1 : slots(algorithm_mixed(k->a, k->h, t));
    s.graph = s.first || s.main ? exchanges_at(&k->graph, t.round) : NULL;
    return s;
}

/* Vectors sent, over all messages, as a run logs them: n (n - 1) for an average. */
static double vectors_of(struct clock *k, long step)
{
    struct step s = step_of(k, step);
    double n = (double)k->c->workers;
    return (s.graph ? s.graph->edges * (s.first + s.main) : 0) + n * (n - 1) * s.averaged;
}

/* With overlap, messages leave when the step begins, and the step ends when both they and computing
 * are done. */
static void do_step(struct clock *k, long step)
{
    struct step s = step_of(k, step);
    for (int p = 0; p < k->P; p++)
        k->ready[p] = k->now[p] + workers_on(k, p) * k->w->compute;
    if (!k->w->overlap)
        memcpy(k->now, k->ready, (size_t)k->P * sizeof(*k->now));
    if (s.first)
        exchange(k, s.graph, s.first);
    if (s.main)
        exchange(k, s.graph, s.main);
    if (s.averaged)
        all_reduce(k, s.averaged);
    for (int p = 0; p < k->P; p++)
        k->now[p] = fmax(k->now[p], k->ready[p]);
}

static void run_steps(struct clock *k, double bytes, long n_step, double *seconds)
{
    double vectors = 0;
    for (long step = 0; step < n_step; step++)
        vectors += vectors_of(k, step);
    k->vector = vectors > 0 ? bytes / vectors : 0;
    seconds[0] = 0;
    for (long step = 0; step < n_step; step++) {
        do_step(k, step);
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

int clock_run(const struct config *c, const struct network *w, double bytes, long n_step,
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
    run_steps(&k, bytes, n_step, seconds);
    free(k.now);
    exchanges_close(&k.graph);
    return 0;
}
