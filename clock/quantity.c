#include "clock/quantity.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct unit {
    const char *name;
    double factor;
};

static int quantity(const char *option, const char *text, const struct unit *unit, size_t n,
                    double least, const char *example, double *v, struct err *e)
{
    char *end;
    double number = strtod(text, &end);
    for (size_t i = 0; i < n && end != text && isfinite(number) && number >= least; i++)
        if (!strcmp(end, unit[i].name)) {
            *v = number * unit[i].factor;
            return 0;
        }
    return err_usage(e, "%s is '%.40s', but must be a number with a unit, such as %s", option, text,
                     example);
}

int quantity_time(const char *option, const char *text, double *seconds, struct err *e)
{
    static const struct unit unit[] = {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}};
    return quantity(option, text, unit, LENGTH(unit), 0, "20ms, 50us or 1.5s", seconds, e);
}

int quantity_rate(const char *option, const char *text, double *bytes, struct err *e)
{
    static const struct unit unit[] = {{"bit", 1. / 8},
                                       {"Kbit", 1e3 / 8},
                                       {"Mbit", 1e6 / 8},
                                       {"Gbit", 1e9 / 8},
                                       {"Tbit", 1e12 / 8}};
    return quantity(option, text, unit, LENGTH(unit), 1e-6, "1Gbit or 100Mbit", bytes, e);
}
