/* values: what the words of a command line mean. */
#include "cli/cli.h"
#include "sweep/config_file.h"
#include <stdlib.h>

int arguments_config(const struct arguments *a, struct config *c, struct err *e)
{
    config_default(c);
    if (a->operand && config_read(c, a->operand, e) < 0)
        return -1;
    for (int i = 0; i < a->n_set; i++)
        if (config_set(c, a->set[i].key, a->set[i].value, e) < 0)
            return -1;
    return 0;
}

long arguments_whole(const char *text, long min, long max)
{
    char *end;
    long v = strtol(text, &end, 10);
    return end != text && !*end && v >= min && v <= max ? v : -1;
}
