/* write_cifar10: the form that loaders/cifar10.c reads, with the official numbers of records, and
 * batches.meta.txt, which ends with an empty line as the official one does. */
#include "loaders/writer.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { PER_FILE = 10000, N_FILE = 5 };

static int put(void *to, int k, const uint8_t *x, int y)
{
    uint8_t record[1 + WRITER_IMAGE] = {(uint8_t)y};
    writer_planes(x, record + 1);
    return fwrite(record, sizeof(record), 1, to) != 1;
}

static int write_batch(const struct writing *w, const char *name, int test, int first,
                       struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s", w->path, name))
        return -1;
    FILE *f = fopen(path, "wb");
    if (!f)
        return err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    int bad = writer_images(w, test, first, PER_FILE, put, f);
    if (fclose(f) != 0 || bad)
        return err_set(e, "%s: writing failed: %s", path, strerror(errno));
    return 0;
}

int write_cifar10(const struct writing *w, struct err *e)
{
    char name[WRITER_NAME];
    for (int i = 0; i < N_FILE; i++) {
        snprintf(name, sizeof(name), "data_batch_%d.bin", i + 1);
        if (write_batch(w, name, 0, i * PER_FILE, e))
            return -1;
    }
    return write_batch(w, "test_batch.bin", 1, 0, e) ||
                   writer_names(w, "batches.meta.txt", NULL, "\n", e)
               ? -1
               : 0;
}
