#include "topologies/parameter.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

double parameter(const char *name, const char *family, double missing)
{
    const char *text = name + strlen(family);
    if (!*text)
        return missing;
    char *end;
    double value = strtod(++text, &end);
    int plain = *text && !text[strspn(text, "0123456789.")] && !*end;
    return plain ? value : NAN;
}

int parameter_check(const char *what, double value, int min, int max, struct err *e)
{
    if (!(value >= min && value <= max && value == floor(value)))
        return err_usage(e, "%s must be a whole number from %d to %d", what, min, max);
    return 0;
}
