/* plan: where arrays lie in the arena.  Private to nn/. */
#pragma once
#include <stddef.h>

struct net;

/* n rounded up to whole cache lines, in numbers. */
size_t plan_align(size_t n);
/* Set every node's d_act and the net's n_d_act; needs `adds` to be set. */
void plan_gradients(struct net *t);
/* Set every node's eval. Evaluation fits in the memory that training needs. */
void plan_evaluation(struct net *t);
