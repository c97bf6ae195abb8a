/* write_cifar10: the form that loaders/cifar10.c reads, with the official numbers of records, and
 * batches.meta.txt, which ends with an empty line as the official one does. */
#include "loaders/writer.h"
#include <stdio.h>

enum { PER_FILE = 10000, N_FILE = 5 };

static int put(void *to, int k, const uint8_t *x, int y)
{
    uint8_t record[1 + WRITER_IMAGE] = {(uint8_t)y};
    writer_planes(x, record + 1);
    return fwrite(record, sizeof(record), 1, to) != 1;
}

int write_cifar10(const struct writing *w, struct err *e)
{
    char name[WRITER_NAME];
    for (int i = 0; i < N_FILE; i++) {
        snprintf(name, sizeof(name), "data_batch_%d.bin", i + 1);
        if (writer_image_file(w, name, 0, i * PER_FILE, PER_FILE, put, e))
            return -1;
    }
    return writer_image_file(w, "test_batch.bin", 1, 0, PER_FILE, put, e) ||
                   writer_names(w, "batches.meta.txt", NULL, "\n", e)
               ? -1
               : 0;
}
