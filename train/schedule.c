#include "train/schedule.h"

double schedule_lr(const struct config *c, long step, long steps_per_epoch)
{
    double e = (double)step / (double)steps_per_epoch, lr = c->lr;
    if (e < c->warmup_epochs)
        lr = c->lr_start + (c->lr - c->lr_start) * e / c->warmup_epochs;
    /* 0.55 of 100 epochs is 55.00000000000001 in floating point, but 55 is meant. */
    for (int i = 0; i < c->n_milestone; i++)
        if (e * (1 + 1e-12) >= c->milestone[i] * (double)c->epochs)
            lr *= c->lr_decay;
    return lr;
}
