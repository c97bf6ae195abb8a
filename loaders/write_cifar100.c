/* write_cifar100: the form that loaders/cifar100.c reads; coarse labels are those of five classes
 * in a row. */
#include "loaders/writer.h"
#include <stdio.h>

static int put(void *to, int k, const uint8_t *x, int y)
{
    uint8_t record[2 + WRITER_IMAGE] = {(uint8_t)(y / 5), (uint8_t)y};
    (void)k;
    writer_planes(x, record + 2);
    return fwrite(record, sizeof(record), 1, to) != 1;
}

int write_cifar100(const struct writing *w, struct err *e)
{
    return writer_image_file(w, "train.bin", 0, 0, w->n_train, put, e) ||
                   writer_image_file(w, "test.bin", 1, 0, w->n_test, put, e) ||
                   writer_names(w, "fine_label_names.txt", NULL, "", e)
               ? -1
               : 0;
}
