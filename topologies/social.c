#include "topologies/social.h"
#include "topologies/weights.h"

int social_check(int has, int n, struct err *e)
{
    if (n != has)
        return err_usage(e, "it has exactly %d", has);
    return 0;
}

void social_fill(double *W, int n, const unsigned char (*edge)[2], size_t n_edge)
{
    for (size_t k = 0; k < n_edge; k++)
        topology_edge(W, n, edge[k][0], edge[k][1]);
    topology_metropolis(W, n);
}
