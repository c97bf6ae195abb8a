#include "cli/model.h"
#include "cli/cli.h"
#include <string.h>

int model_which(const char *worker, int *which, struct err *e)
{
    if (!worker)
        *which = MODEL_DEFAULT;
    else if (!strcmp(worker, "average") || !strcmp(worker, "mean"))
        *which = MODEL_AVERAGE;
    else if (!strcmp(worker, "all"))
        *which = MODEL_ALL;
    else if ((*which = (int)arguments_whole(worker, 0, 1000000)) < 0)
        return err_usage(e, "--worker is '%.20s', but must be a worker's number, average or all",
                         worker);
    return 0;
}
