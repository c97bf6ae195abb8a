#include "topologies/draw.h"

struct random draw_of_step(struct topology_at at)
{
    struct random r;
    random_init(&r, at.seed, RANDOM_TOPOLOGY, 0, (uint32_t)at.step);
    return r;
}

struct random draw_of_seed(struct topology_at at)
{
    at.step = 0;
    return draw_of_step(at);
}

int32_t *draw_order(struct random *r, int n)
{
    int32_t *order = xcalloc((size_t)n, sizeof(*order));
    for (int i = 0; i < n; i++)
        order[i] = i;
    random_shuffle(r, order, (size_t)n);
    return order;
}

int topology_never_repeats(const char *name, int n)
{
    (void)name, (void)n;
    return 0;
}
