/* iid: all samples shuffled and cut into equal parts. */
#include "partitions/partitions.h"

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    struct random r;
    labels_shuffle(&r, q->seed, p->index, l->n);
    return 0;
}

const struct partition_kind partition_iid = {.about = "equal parts of all samples, shuffled",
                                             .make = make};
