/* sorted: all samples sorted by class and cut into equal parts, so that most workers have one class
 * when there are at least as many workers as classes. */
#include "partitions/partitions.h"

static int make(struct partition *p, const struct partition_request *q, const struct labels *l,
                struct err *e)
{
    labels_sort(l, p->index);
    return 0;
}

const struct partition_kind partition_sorted = {
    .about = "equal parts of all samples, sorted by class", .make = make};
