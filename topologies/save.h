/* save: the matrices of a graph as a file for NumPy. */
#pragma once
#include "topologies/topologies.h"

/* Write the matrices of the first n_round rounds, W (n_round, n, n), as PATH.npz; -1 with a
 * sentence on failure. */
int topology_save(const struct topology_spec *g, int n_round, const char *path, struct err *e);
