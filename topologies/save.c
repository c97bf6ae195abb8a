#include "topologies/save.h"
#include "core/npz.h"
#include <stdlib.h>

int topology_save(const struct topology_spec *g, int n_round, const char *path, struct err *e)
{
    size_t dim[] = {(size_t)n_round, (size_t)g->n, (size_t)g->n}, size = dim[1] * dim[2];
    double *W = xcalloc(dim[0] * size, sizeof(*W));
    struct npz z = {0};
    for (int i = 0; i < n_round; i++)
        topology_fill(g, W + (size_t)i * size, i);
    npz_add(&z, "W", "f8", 3, dim, W);
    int status = npz_write(&z, path, e);
    npz_close(&z);
    free(W);
    return status;
}
