/* plan: places in the arena.  Private to nn/. */
#ifndef NN_PLAN_H
#define NN_PLAN_H
#include <stddef.h>

struct net;

/* Rounded up to whole cache lines, in numbers. */
size_t plan_align(size_t n);
/* Set every node's d_act and the net's n_d_act; after `adds` is settled. */
void plan_gradients(struct net *t);
/* Set every node's eval; needs no more room than training. */
void plan_evaluation(struct net *t);
#endif
