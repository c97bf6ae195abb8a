/* parameter: the number in a graph's name, as 3 in random-regular-3. */
#ifndef TOPOLOGIES_PARAMETER_H
#define TOPOLOGIES_PARAMETER_H
#include "core/core.h"

/* The number behind "family-" in the name; missing if the name is the family's; NaN if what stands
 * there is not a plain decimal number. */
double parameter(const char *name, const char *family, double missing);
/* 0 if it is a whole number of this range, else -1 with a sentence that calls it what. */
int parameter_check(const char *what, double value, int min, int max, struct err *e);
#endif
