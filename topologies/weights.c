#include "topologies/weights.h"
#include "core/core.h"
#include <stdlib.h>

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
