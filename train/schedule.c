#include "train/schedule.h"

double schedule_lr(const struct config *c, long step, long steps_per_epoch)
{
    double e = (double)step / (double)steps_per_epoch, lr = c->lr;
    if (e < c->warmup_epochs)
        lr = c->lr_start + (c->lr - c->lr_start) * e / c->warmup_epochs;
    for (int i = 0; i < c->n_milestone; i++)
        if (e >= c->milestone[i] * (double)c->epochs)
            lr *= c->lr_decay;
    return lr;
}
