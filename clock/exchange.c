#include "clock/exchange.h"
#include "gossip/gossip.h"
#include <stdlib.h>
#include <string.h>

/* Count a message of one of the host's workers to another host. */
static void count(struct exchange_of_hosts *x, int *place, int from, int to)
{
    if (place[to] < 0) {
        x->transfer = xgrow(x->transfer, x->n, sizeof(*x->transfer));
        x->transfer[x->n] = (struct transfer){from, to};
        place[to] = x->n++;
    }
    x->sends[from]++, x->receives[to]++;
}

/* All messages from one host; place (P): where its transfer to each host is in the list. */
static void from_host(struct exchange_of_hosts *x, struct exchanges *g, int from)
{
    int n = g->graph.n, *place = g->room, *heard = g->room + g->P;
    for (int to = 0; to < g->P; to++)
        place[to] = heard[to] = -1;
    for (int j = gossip_first_of(n, g->P, from); j < gossip_first_of(n, g->P, from + 1); j++)
        for (int to = 0; to < g->P; to++)
            for (int i = gossip_first_of(n, g->P, to); i < gossip_first_of(n, g->P, to + 1); i++) {
                if (i == j || g->W[(size_t)i * (size_t)n + (size_t)j] == 0)
                    continue;
                x->edges++;
                if (to != from && (g->relayed || heard[to] != j))
                    count(x, place, from, to);
                heard[to] = j;
            }
}

static void make(struct exchange_of_hosts *x, struct exchanges *g, long step)
{
    free(x->transfer), free(x->sends);
    *x = (struct exchange_of_hosts){.sends = xcalloc(2 * (size_t)g->P, sizeof(*x->sends))};
    x->receives = x->sends + g->P;
    topology_fill(&g->graph, g->W, (int)step);
    for (int from = 0; from < g->P; from++)
        from_host(x, g, from);
}

int exchanges_open(struct exchanges *g, const struct topology_spec *spec, int P, int relayed,
                   struct err *e)
{
    size_t n = (size_t)spec->n;
    if (topology_check(spec, e) < 0)
        return -1;
    *g = (struct exchanges){.graph = *spec, .P = P, .relayed = relayed};
    g->n_kept = topology_period(spec) ? topology_period(spec) : 1;
    g->kept = xcalloc((size_t)g->n_kept, sizeof(*g->kept));
    g->step = xcalloc((size_t)g->n_kept, sizeof(*g->step));
    for (int k = 0; k < g->n_kept; k++)
        g->step[k] = -1;
    g->W = xcalloc(n * n, sizeof(*g->W));
    g->room = xcalloc(2 * (size_t)P, sizeof(*g->room));
    return 0;
}

const struct exchange_of_hosts *exchanges_at(struct exchanges *g, long step)
{
    int period = topology_period(&g->graph);
    long at = period ? step % period : 0;
    if (period)
        step = at;
    if (g->step[at] != step)
        make(&g->kept[at], g, step);
    g->step[at] = step;
    return &g->kept[at];
}

void exchanges_close(struct exchanges *g)
{
    for (int k = 0; k < g->n_kept; k++)
        free(g->kept[k].transfer), free(g->kept[k].sends);
    free(g->kept), free(g->step), free(g->W), free(g->room);
}
