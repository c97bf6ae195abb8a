#include "cli/save.h"

int request_open(const struct arguments *a, struct results *r, struct err *e)
{
    char name[EXPERIMENT_NAME];
    return experiment_check(a->operand[0], name, e) < 0 ||
                   results_open(r, runs_folder(arguments_value(a, "from")), name,
                                arguments_value(a, "tier"), e) < 0
               ? values_hint(a->operand[0], e)
               : 0;
}

int request_close(struct results *r, int status)
{
    int code = status < 0 ? -1 : r->n_ended < r->n_run ? EXIT_FAILED : EXIT_DONE;
    results_close(r);
    return code;
}
