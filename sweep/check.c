#include "sweep/check.h"
#include "nn/nn.h"
#include "train/stability.h"
#include "train/task.h"
#include <stdio.h>
#include <string.h>

static int check_task(const struct config *c, struct err *e)
{
    struct task task;
    if (task_open(&task, c, e) < 0)
        return -1;
    task_close(&task);
    return 0;
}

/* Whether both read the same data, partition them in the same way and build the same network.
 * Seeds may differ, since nothing that could be refused depends on them. */
static int share_task(const struct config *a, const struct config *b)
{
    return !strcmp(a->dataset, b->dataset) && !strcmp(a->data_dir, b->data_dir) &&
           !strcmp(a->model, b->model) && !strcmp(a->partition, b->partition) &&
           a->workers == b->workers && a->train_limit == b->train_limit &&
           a->test_limit == b->test_limit && a->holdout == b->holdout && a->classes == b->classes &&
           !memcmp(a->parameter, b->parameter, sizeof(a->parameter)) &&
           !memcmp(a->file, b->file, sizeof(a->file));
}

static int has_been_opened(const struct sweep *s, int i)
{
    for (int k = 0; k < i; k++)
        if (sweep_is_chosen(s, k) && share_task(&s->x->cell[k].c, &s->x->cell[i].c))
            return 1;
    return 0;
}

int sweep_check(const struct sweep *s, struct err *e)
{
    int n = 0, status = nn_start(e);
    for (int i = 0; i < s->x->n_cell && status == 0; i++) {
        const struct cell *cell = &s->x->cell[i];
        struct err inner = {.text = ""};
        if (!sweep_is_chosen(s, i))
            continue;
        if (stability_check(&cell->c, &inner) < 0 ||
            (!has_been_opened(s, i) && check_task(&cell->c, &inner) < 0))
            status = (inner.usage ? err_usage : err_set)(e, "%s %s: cell %s: %.700s", s->x->name,
                                                         s->x->index, cell->name, inner.text);
        n++;
    }
    if (status == 0)
        printf("%s %s: %d runs could start\n", s->x->name, s->x->index, n);
    return status;
}
