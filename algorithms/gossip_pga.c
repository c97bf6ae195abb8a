/* gossip-pga: gossip SGD with periodic global averaging (Chen, Yuan, Zhang, Pan, Xu and Yin, ICML
 * 2021):
 *   x+ = W (x - lr g)
 *   x+ = mean (x - lr g)   instead, if (t + 1) mod tau = 0
 * So tau = 1 is sgd.  The first average is in round tau - 1 (slowmo's is at t = 0). */
#include "algorithms/gradient_step.h"
#include "algorithms/periodic_average.h"

enum { TAU };
static const struct parameter parameters[] = {[TAU] = PARAMETER_TAU, {0}};

static int is_due(const union value *h, struct tick k)
{
    return (k.step + 1) % (int)h[TAU].number == 0;
}

const struct algorithm algorithm_gossip_pga = {.about = "decentralized SGD, averaged every tau",
                                               .mixed = BIT(X),
                                               .averaged = BIT(X),
                                               .averages = is_due,
                                               .parameter = parameters,
                                               .before_mix = gradient_step};
