/* quasi_global: the momentum of qg_dsgdm.c, for methods that combine it with other kinds of gossip.
 */
#pragma once
#include "algorithms/algorithms.h"

/* beta: the factor of the momentum in the local step; mu: the factor of its moving average; every:
 * the number of rounds from one update to the next. */
enum { QG_BETA, QG_MU, QG_EVERY };
extern const struct parameter quasi_global_parameters[];

/* Update the sum S1 and the momentum S0 after gossip, from the difference between the model before
 * the local step, in G, and the model in X. */
void quasi_global_follow(struct worker *w, const union value *h, struct tick k);
