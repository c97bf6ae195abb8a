#include "core/parameter.h"
#include "core/core.h"
#include <string.h>

int parameter_count(const struct parameter *list)
{
    int n = 0;
    while (list && list[n].name)
        n++;
    CHECK(n <= MAX_PARAMETER);
    return n;
}

int parameter_find(const struct parameter *list, const char *name)
{
    for (int i = 0; i < parameter_count(list); i++)
        if (!strcmp(list[i].name, name))
            return i;
    return -1;
}

void parameter_defaults(const struct parameter *list, union value value[MAX_PARAMETER])
{
    for (int i = 0; i < parameter_count(list); i++)
        if (list[i].type == FILE_PATH)
            value[i].text = "";
        else
            value[i].number = list[i].initial;
}
