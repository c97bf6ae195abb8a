/* plan: where arrays lie in the arena.  Private to nn/. */
#pragma once
#include <stddef.h>

struct net;

/* n rounded up to whole cache lines, in numbers. */
size_t plan_align(size_t n);
/* Set every node's d_act and the net's n_d_act; call it once `adds` is set. */
void plan_gradients(struct net *t);
/* Set every node's eval; evaluation needs no more memory than training. */
void plan_evaluation(struct net *t);
