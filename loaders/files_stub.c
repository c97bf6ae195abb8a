#include "loaders/dataset.h"
#include <string.h>
#include "loaders/file_list.h"
int dataset_files(const struct dataset_request *q, struct file_list *list, struct err *e);
int dataset_files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    (void)e;
    *list = (struct file_list){0};
    if (strcmp(q->name, "cifar10")) return 0;
    if (file_list_add(list, q->dir, e, "cifar-10-batches-bin/data_batch_1.bin")) return -1;
    if ((q->train_limit == 0 || q->train_limit > 10000) && file_list_add(list, q->dir, e, "cifar-10-batches-bin/data_batch_2.bin")) return -1;
    return file_list_add(list, q->dir, e, "cifar-10-batches-bin/test_batch.bin");
}
