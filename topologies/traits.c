#include "topologies/topologies.h"
#include <math.h>
#include <stdlib.h>

int topology_own_n(const char *name)
{
    struct err e;
    const struct topology *t = topology_find(name, &e);
    return !t ? 0 : t->count ? t->count(name) : t->only;
}

/* Whether a row of W (n, n) does not sum to 1, apart from the rounding of decimals in a file. */
static int has_other_row(const double *W, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += W[i * n + j];
        if (fabs(sum - 1) > 1e-6)
            return 1;
    }
    return 0;
}

int topology_is_push(const struct topology_spec *g)
{
    struct err e;
    size_t n = (size_t)g->n;
    if (!topology_find(g->name, &e)->push)
        return 0;
    int push = 0;
    double *W = xcalloc(n * n, sizeof(*W));
    for (int step = 0; step < topology_period(g) && !push; step++) {
        topology_fill(g, W, step);
        push = has_other_row(W, n);
    }
    free(W);
    return push;
}
