/* origin: where the learning rates of a table come from, according to the index of its runs. */
#pragma once
#include "report/results.h"
#include <stdio.h>

/* Write what follows "Learning rates: ", without a full stop. */
void origin_write(const struct results *r, FILE *f);
/* If rates were chosen by another Major.Minor version or on other data than the runs', write a line
 * that begins with "Caution: " for each case.  Returns the number of lines. */
int origin_caution(const struct results *r, FILE *f);
