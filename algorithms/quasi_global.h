/* quasi_global: the momentum of qg_dsgdm.c, for methods that combine it with another kind of
 * gossip.
 */
#ifndef ALGORITHMS_QUASI_GLOBAL_H
#define ALGORITHMS_QUASI_GLOBAL_H
#include "algorithms/algorithms.h"

/* After gossip, with the models from before the local step in G: the sum S1 and the momentum S0
 * follow their difference from those in X. */
void quasi_global_follow(struct worker *w, const struct hyper *h, struct tick k);
#endif
