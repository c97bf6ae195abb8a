#include "train/task.h"
#include <stdlib.h>
#include <string.h>

static const struct task_kind *kind_of(const struct config *c)
{
    return config_problem(c) ? &task_toy : &task_network;
}

int task_check(const struct config *c, struct err *e)
{
    const struct task_kind *kind = kind_of(c);
    return kind->check ? kind->check(c, e) : 0;
}

int task_open(struct task *t, const struct config *c, struct err *e)
{
    memset(t, 0, sizeof(*t));
    t->kind = kind_of(c);
    t->c = c;
    if (t->kind->open(t, e) == 0)
        return 0;
    task_close(t);
    return -1;
}

void task_close(struct task *t)
{
    if (t->kind)
        t->kind->close(t);
    free(t->stat), free(t->accuracy);
    memset(t, 0, sizeof(*t));
}
