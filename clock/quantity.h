/* quantity: numbers with units, as people write them. */
#pragma once
#include "core/core.h"

/* "20ms" in seconds (ns, us, ms, s); -1 with a sentence that names the option. */
int quantity_time(const char *option, const char *text, double *seconds, struct err *e);
/* "1Gbit" a second in bytes a second (bit, Kbit, Mbit, Gbit, Tbit, in powers of 1000). */
int quantity_rate(const char *option, const char *text, double *bytes, struct err *e);
