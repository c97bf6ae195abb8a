#include "topologies/weights.h"
#include <stdlib.h>
#include <string.h>

void topology_edge(double *W, int n, int i, int j)
{
    size_t N = (size_t)n, from = (size_t)i, to = (size_t)j;
    if (i != j)
        W[from * N + to] = W[to * N + from] = 1;
}

void topology_no_edges(double *W, int n)
{
    memset(W, 0, sizeof(*W) * (size_t)n * (size_t)n);
}

int topology_apart(const double *W, int n)
{
    size_t N = (size_t)n, n_seen = 1;
    size_t *seen = xcalloc(N, sizeof(*seen)); /* in the order in which they were found, from 0 */
    char *is_seen = xcalloc(N, 1);
    is_seen[0] = 1;
    for (size_t k = 0; k < n_seen; k++)
        for (size_t j = 0; j < N; j++)
            if (W[seen[k] * N + j] != 0 && !is_seen[j])
                is_seen[j] = 1, seen[n_seen++] = j;
    int apart = -1;
    for (int j = n - 1; j > 0; j--)
        apart = is_seen[j] ? apart : j;
    free(seen), free(is_seen);
    return apart;
}

void topology_metropolis(double *W, int n)
{
    size_t N = (size_t)n;
    int *degree = xcalloc(N, sizeof(*degree));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            CHECK(W[i * N + j] == W[j * N + i] && (i != j || W[i * N + i] == 0));
            degree[i] += W[i * N + j] != 0;
        }
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t j = 0; j < N; j++)
            if (W[i * N + j] != 0) {
                W[i * N + j] = 1.0 / (1 + (degree[i] > degree[j] ? degree[i] : degree[j]));
                sum += W[i * N + j];
            }
        W[i * N + i] = 1 - sum;
    }
    free(degree);
}

void topology_fill_edges(double *W, const struct topology_spec *g, int step)
{
    struct err e;
    const struct topology *t = topology_find(g->name, &e);
    for (size_t k = 0; k < t->n_edge; k++)
        topology_edge(W, g->n, t->edge[k][0], t->edge[k][1]);
    topology_metropolis(W, g->n);
}

int topology_log2(int n)
{
    int log_n = 1;
    while (log_n < 31 && (1 << log_n) < n)
        log_n++;
    return log_n;
}

int topology_check_even(const struct topology_spec *g, struct err *e)
{
    if (g->n % 2)
        return err_usage(e, "n must be even");
    return 0;
}
