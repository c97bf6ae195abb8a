/* relay-adam: RelaySGD with Adam as the local step, the method of the fine-tuning experiment of
 * Vogels et al., NeurIPS 2021 (table 4; "Adam" in base_optimizers.py of epfml/relaysgd):
 *   x' = x - Adam's step, whose moments are the worker's own (dadam in adam.c)
 *   x+ = the average of all x' that have been relayed (relaysgd.c)
 * The paper's runs have beta2 = 0.999, here a setting.
 * S0: m.  S1: v.  G: the last model x between before_mix and after_mix. */
#include "algorithms/adam.h"
#include "algorithms/relaysgd.h"

static void step(struct worker *w, const union value *h, struct tick k)
{
    adam_local_step(w, h, k);
    w->vec[X][w->d] = 1;
}

const struct algorithm algorithm_relay_adam = {.about = "RelaySGD on local Adam",
                                               .n_state = 2,
                                               .relayed = 1,
                                               .traits = NOT_LINEAR | DELAYED,
                                               .weighted = 1,
                                               .needs = NEEDS_TREE,
                                               .parameter = adam_parameters,
                                               .whole = 1,
                                               .before_mix = step,
                                               .after_mix = relaysgd_average};
