#include "loaders/cifar.h"

int cifar_read(FILE *f, const char *path, int head, int n_class, int n, uint8_t *x, int32_t *y,
               struct err *e)
{
    enum { PLANE = CIFAR_SIDE * CIFAR_SIDE };
    uint8_t record[CIFAR_MAX_HEAD + CIFAR_IMAGE];
    size_t size = (size_t)(head + CIFAR_IMAGE);
    CHECK(head >= 1 && head <= CIFAR_MAX_HEAD);
    for (int i = 0; i < n; i++) {
        if (fread(record, 1, size, f) != size)
            return err_set(e, "%s: reading failed in record %d", path, i);
        int label = record[head - 1];
        if (label >= n_class)
            return err_set(e, "%s: record %d has the label %d; labels are 0 to %d", path, i, label,
                           n_class - 1);
        y[i] = label;
        for (int p = 0; p < PLANE; p++)
            for (int c = 0; c < CIFAR_CHANNELS; c++)
                *x++ = record[head + c * PLANE + p];
    }
    return 0;
}
