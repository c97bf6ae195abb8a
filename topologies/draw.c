#include "topologies/draw.h"

struct random draw_of_step(const struct topology_spec *g, int step)
{
    struct random r;
    random_init(&r, g->seed, RANDOM_TOPOLOGY, 0, (uint32_t)step);
    return r;
}

struct random draw_of_seed(const struct topology_spec *g)
{
    return draw_of_step(g, 0);
}

int32_t *draw_order(struct random *r, int n)
{
    int32_t *order = xcalloc((size_t)n, sizeof(*order));
    for (int i = 0; i < n; i++)
        order[i] = i;
    random_shuffle(r, order, (size_t)n);
    return order;
}

int topology_never_repeats(const struct topology_spec *g)
{
    return 0;
}
