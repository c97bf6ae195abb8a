#include "topologies/topologies.h"
#include <string.h>

#define REGISTER(name, symbol) {name, &topology_##symbol, "topology_" #symbol},
const struct registry topology_registry[] = {
#include "topologies/list.h"
};
#undef REGISTER
const size_t n_topology = LENGTH(topology_registry);

static const struct topology *family(const char *name)
{
    const struct registry *r = registry_match(topology_registry, n_topology, name);
    return r ? r->item : NULL;
}

const struct topology *topology_find(const char *name, struct err *e)
{
    const struct topology *t = family(name);
    return t ? t : registry_find(topology_registry, n_topology, "topology", name, e);
}

/* The graph with values for its parameters: g's own, else the initial values, stored in room. */
static struct topology_spec complete(const struct topology_spec *g, const struct topology *t,
                                     union value room[MAX_PARAMETER])
{
    struct topology_spec whole = *g;
    parameter_defaults(t->parameter, room);
    whole.value = g->value ? g->value : room;
    return whole;
}

int topology_check(const struct topology_spec *g, struct err *e)
{
    struct err why = {.usage = 1};
    union value room[MAX_PARAMETER];
    const struct topology *t = topology_find(g->name, e);
    if (!t)
        return -1;
    if (g->n < 1)
        return err_usage(e, "topology '%s' needs at least 1 worker, not %d", g->name, g->n);
    struct topology_spec whole = complete(g, t, room);
    if (t->only && g->n != t->only)
        err_usage(&why, "it has exactly %d", t->only);
    else if (!t->check || t->check(&whole, &why) == 0)
        return 0;
    if (why.usage)
        return err_usage(e, "topology '%s' does not fit %d workers: %s", g->name, g->n, why.text);
    return err_set(e, "%s", why.text);
}

const char *topology_file(const char *name)
{
    static const char family_name[] = "file:";
    size_t n = sizeof(family_name) - 1;
    return strncmp(name, family_name, n) == 0 ? name + n : NULL;
}

int topology_period(const struct topology_spec *g)
{
    union value room[MAX_PARAMETER];
    const struct topology *t = family(g->name);
    CHECK(t);
    struct topology_spec whole = complete(g, t, room);
    return t->period ? t->period(&whole) : 1;
}

void topology_fill(const struct topology_spec *g, double *W, int step)
{
    union value room[MAX_PARAMETER];
    const struct topology *t = family(g->name);
    size_t n = (size_t)g->n;
    CHECK(t && n >= 1 && step >= 0);
    struct topology_spec whole = complete(g, t, room);
    memset(W, 0, n * n * sizeof(*W));
    t->fill(W, &whole, step);
    if (!g->lazy)
        return;
    for (size_t i = 0; i < n * n; i++)
        W[i] /= 2;
    for (size_t i = 0; i < n * n; i += n + 1)
        W[i] += 0.5;
}
