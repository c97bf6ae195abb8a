/* parameter: the number in a graph's name, such as 3 in random-regular-3. */
#pragma once
#include "core/core.h"

/* The number after "family-" in the name; `missing` if the name is the family's own; NaN if it is
 * not a plain decimal number. */
double parameter(const char *name, const char *family, double missing);
/* 0 if value is a whole number from min to max, else -1 with a sentence that calls it `what`. */
int parameter_check(const char *what, double value, int min, int max, struct err *e);
