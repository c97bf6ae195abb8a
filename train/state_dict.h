/* state_dict: a network's parameters and running statistics as named arrays, under the names and in
 * the shapes that they have in the state_dict() of the same network in PyTorch. */
#pragma once
#include "core/npz.h"
#include "nn/nn.h"

/* Add an array for each part of the network's x (n_param) and stat (n_stat), with the prefix before
 * its name.  If x is NULL, add only names, types and shapes. */
void state_dict_add(struct npz *z, const char *prefix, const struct net *t, const real *x,
                    const real *stat);
/* Fill `ours`, one part of the network, from the array of this name; errors as below. */
int state_dict_take_part(const struct npz *z, const char *path, const char *name,
                         const struct param *p, real *ours, struct err *e);
/* Fill x and stat from the arrays with the prefix.  -1 with a sentence that names the file, `path`,
 * and the array if an array is missing, has the wrong type or shape, holds NAN or infinity, or does
 * not belong to the network.  PyTorch's num_batches_tracked are ignored. */
int state_dict_take(const struct npz *z, const char *path, const char *prefix, const struct net *t,
                    real *x, real *stat, struct err *e);
/* Copy all numbers of x and stat into `theirs` in PyTorch's order, array after array. */
void state_dict_flatten(const struct net *t, const real *x, const real *stat, real *theirs);
