/* schedule: the learning rate of a step. */
#ifndef TRAIN_SCHEDULE_H
#define TRAIN_SCHEDULE_H
#include "train/config.h"

/* With e = step / steps_per_epoch: linear from lr_start to lr over the warm-up, then lr, times
 * lr_decay once for each milestone m with e >= m epochs (QGM paper, section 5.1 and its code). */
double schedule_lr(const struct config *c, long step, long steps_per_epoch);
#endif
