#include "topologies/topologies.h"
#include <string.h>

#define REGISTER(name, symbol) {name, &topology_##symbol},
const struct registry topology_registry[] = {
#include "topologies/list.h"
};
#undef REGISTER
const size_t n_topology = LENGTH(topology_registry);

const struct topology *topology_find(const char *name, struct err *e)
{
    return registry_find(topology_registry, n_topology, "topology", name, e);
}

int topology_check(const struct topology *t, const char *name, int n, struct err *e)
{
    struct err why;
    if (n < 1)
        return err_usage(e, "topology '%s' needs at least 1 worker, not %d", name, n);
    if (t->check && t->check(n, &why))
        return err_usage(e, "topology '%s' does not fit %d workers: %s", name, n, why.text);
    return 0;
}

int topology_period(const struct topology *t, int n)
{
    return t->period ? t->period(n) : 1;
}

void topology_fill(const struct topology *t, double *W, int n, int step, uint64_t seed, int lazy)
{
    size_t count = (size_t)n * (size_t)n;
    CHECK(n >= 1 && step >= 0);
    memset(W, 0, count * sizeof(*W));
    t->fill(W, n, step, seed);
    if (!lazy)
        return;
    for (size_t i = 0; i < count; i++)
        W[i] /= 2;
    for (size_t i = 0; i < count; i += (size_t)n + 1)
        W[i] += 0.5;
}
