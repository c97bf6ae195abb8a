/* schedule: the learning rate of a step. */
#pragma once
#include "train/config.h"

/* Linear from lr_start to lr over the warm-up, then lr; multiplied by lr_decay for each milestone m
 * with step / steps_per_epoch >= m epochs (QGM paper, section 5.1 and its code). */
double schedule_lr(const struct config *c, long step, long steps_per_epoch);
