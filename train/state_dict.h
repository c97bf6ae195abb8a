/* state_dict: a network's parameters and running statistics as named arrays, under the names and in
 * the shapes that they have in the state_dict() of the same network in PyTorch. */
#pragma once
#include "core/npz.h"
#include "nn/nn.h"

/* Add an array for each of the network's x (n_param) and stat (n_stat), its name after the prefix.
 * x NULL: only names, types and shapes. */
void state_dict_add(struct npz *z, const char *prefix, const struct net *t, const real *x,
                    const real *stat);
/* Fill `ours`, the numbers of one part of the network, from the array called name; errors as below. */
int state_dict_take_part(const struct npz *z, const char *path, const char *name,
                         const struct param *p, real *ours, struct err *e);
/* Fill x and stat from the arrays after the prefix.  -1 with a sentence that names the file, `path`,
 * and the array, if one is missing, has another type or shape, holds NAN or infinity, or has no
 * place in the network.  PyTorch's num_batches_tracked are not needed and passed over. */
int state_dict_take(const struct npz *z, const char *path, const char *prefix, const struct net *t,
                    real *x, real *stat, struct err *e);
/* All numbers of x and stat in PyTorch's order, as the arrays would have them one after the other. */
void state_dict_flatten(const struct net *t, const real *x, const real *stat, real *theirs);
