/* origin: where the learning rates of a table are from, as the index of its runs says. */
#pragma once
#include "report/results.h"
#include <stdio.h>

/* What follows "Learning rates: ", a sentence without its end. */
void origin_write(const struct results *r, FILE *f);
/* Write that rates were chosen by other code or on other data than those of the runs, each in a line
 * that begins with "Caution: ".  How many lines. */
int origin_caution(const struct results *r, FILE *f);
