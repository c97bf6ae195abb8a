#include "topologies/topologies.h"
#include <string.h>

#define REGISTER(name, symbol) {name, &topology_##symbol},
const struct registry topology_registry[] = {
#include "topologies/list.h"
};
#undef REGISTER
const size_t n_topology = LENGTH(topology_registry);

/* Whether the name is the pattern's, up to the place of its parameter, which the family reads. */
static int is_of(const char *pattern, const char *name)
{
    size_t fixed = strcspn(pattern, "[<");
    if (strncmp(pattern, name, fixed) != 0)
        return 0;
    return pattern[fixed] == '<' || !name[fixed] || (pattern[fixed] == '[' && name[fixed] == '-');
}

static const struct topology *family(const char *name)
{
    for (size_t i = 0; i < n_topology; i++)
        if (is_of(topology_registry[i].name, name))
            return topology_registry[i].item;
    return NULL;
}

const struct topology *topology_find(const char *name, struct err *e)
{
    const struct topology *t = family(name);
    return t ? t : registry_find(topology_registry, n_topology, "topology", name, e);
}

int topology_check(const char *name, int n, struct err *e)
{
    struct err why = {.usage = 1};
    const struct topology *t = topology_find(name, e);
    if (!t)
        return -1;
    if (n < 1)
        return err_usage(e, "topology '%s' needs at least 1 worker, not %d", name, n);
    if (!t->check || t->check(name, n, &why) == 0)
        return 0;
    if (why.usage)
        return err_usage(e, "topology '%s' does not fit %d workers: %s", name, n, why.text);
    return err_set(e, "%s", why.text);
}

const char *topology_file(const char *name)
{
    static const char family_name[] = "file:";
    size_t n = sizeof(family_name) - 1;
    return strncmp(name, family_name, n) == 0 ? name + n : NULL;
}

int topology_period(const char *name, int n)
{
    const struct topology *t = family(name);
    CHECK(t);
    return t->period ? t->period(name, n) : 1;
}

void topology_fill(const char *name, double *W, int n, int step, uint64_t seed, int lazy)
{
    const struct topology *t = family(name);
    size_t count = (size_t)n * (size_t)n;
    CHECK(t && n >= 1 && step >= 0);
    memset(W, 0, count * sizeof(*W));
    t->fill(W, n, (struct topology_at){name, step, seed});
    if (!lazy)
        return;
    for (size_t i = 0; i < count; i++)
        W[i] /= 2;
    for (size_t i = 0; i < count; i += (size_t)n + 1)
        W[i] += 0.5;
}
