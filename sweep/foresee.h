/* foresee: previews a sweep on stdout without making a run: its runs, which of them are finished,
 * and the estimated cost of the others. */
#pragma once
#include "sweep/sweep.h"

enum preview {
    PREVIEW_NONE,
    PREVIEW_LIST,  /* list the chosen runs, and say which are finished */
    PREVIEW_COST,  /* list the missing ones, the time and memory of each, and totals */
    PREVIEW_CHECK, /* check whether each chosen run could start: sweep/check.h */
};
/* Under a launcher, one rank does it for all. */
int sweep_foresee(struct sweep *s, enum preview preview, struct err *e);
