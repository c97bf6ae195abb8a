/* schedule: the learning rate of a step: a warm-up, multiplied by what `lr_schedule` names:
 *
 *   steps       lr_decay for each milestone m with e >= m epochs (QGM paper, section 5.1 and its code)
 *   cosine      from lr to lr_min by half a wave after the warm-up (Loshchilov and Hutter, "SGDR",
 *               ICLR 2017, without restarts; torch's CosineAnnealingLR after each step):
 *                 lr_min + (lr - lr_min) (1 + cos(pi (e - warmup) / (epochs - warmup))) / 2
 *   file:PATH   the factor in the last row of a CSV file whose epoch is not above e
 *
 * where e = step / steps_per_epoch.  The warm-up is linear from lr_start to lr. */
#pragma once
#include "train/config.h"

struct schedule {
    const struct config *c;
    double *epoch, *factor; /* (n) the rows of a file, ascending; NULL: no file */
    int n;
};

/* Check the schedule of c and read its file, whose first line is "epoch,factor".  On failure
 * nothing needs closing. */
int schedule_open(struct schedule *s, const struct config *c, struct err *e);
void schedule_close(struct schedule *s);
double schedule_lr(const struct schedule *s, long step, long steps_per_epoch);
/* The path in a schedule's name; NULL if the schedule is not a file. */
const char *schedule_file(const char *name);
