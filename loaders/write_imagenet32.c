/* write_imagenet32: labels.txt and the npz files that loaders/imagenet32.c reads, deflated.  As in
 * the official ones, training images are in ten files, each of which also has the mean of all
 * training images (3,072 doubles); val_data.npz has no mean. */
#include "core/memory.h"
#include "core/npz.h"
#include "loaders/writer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_FILE = 10 };

/* The rows of a file so far. */
struct rows {
    int n;
    uint8_t *data;
    int64_t *label;
};

static int put_row(void *to, int k, const uint8_t *x, int y)
{
    struct rows *r = to;
    writer_planes(x, r->data + (size_t)r->n * WRITER_IMAGE);
    r->label[r->n++] = y + 1;
    return 0;
}

static int add_row(void *to, int k, const uint8_t *x, int y)
{
    double *sum = to;
    uint8_t planes[WRITER_IMAGE];
    writer_planes(x, planes);
    for (int i = 0; i < WRITER_IMAGE; i++)
        sum[i] += planes[i];
    return 0;
}

/* Images first .. first + n - 1; mean is NULL for none. */
static int write_batch(const struct writing *w, const char *name, int test, int first, int n,
                       const double *mean, struct err *e)
{
    char path[PATH_LENGTH];
    struct npz z = {.deflate = 1};
    size_t rows = (size_t)n;
    double bytes = 2.0 * n * WRITER_IMAGE, have = memory_available(), mib = 1 << 20;
    if (have > 0 && bytes > have)
        return err_set(e,
                       "imagenet32: a file of %d rows takes %.0f MiB to write, but this machine "
                       "has %.0f: lower the limits",
                       n, bytes / mib, have / mib);
    struct rows r = {.data = xcalloc(rows, WRITER_IMAGE), .label = xcalloc(rows, sizeof(*r.label))};
    writer_images(w, test, first, n, put_row, &r);
    npz_add(&z, "data", "u1", 2, (size_t[]){rows, WRITER_IMAGE}, r.data);
    npz_add(&z, "labels", "i8", 1, (size_t[]){rows}, r.label);
    if (mean)
        npz_add(&z, "mean", "f8", 1, (size_t[]){WRITER_IMAGE}, mean);
    free(r.data), free(r.label);
    int rc = path_print(path, e, "%s/%s", w->path, name) || npz_write(&z, path, e) ? -1 : 0;
    npz_close(&z);
    return rc;
}

static int write_training(const struct writing *w, struct err *e)
{
    double *mean = xcalloc(WRITER_IMAGE, sizeof(*mean));
    int rc = writer_images(w, 0, 0, w->n_train, add_row, mean);
    for (int i = 0; i < WRITER_IMAGE; i++)
        mean[i] /= w->n_train;
    for (int k = 0, first = 0; first < w->n_train && !rc; k++) {
        char name[WRITER_NAME];
        int n =
            (w->n_train - first + N_FILE - k - 1) / (N_FILE - k); /* the first are not smaller */
        snprintf(name, sizeof(name), "train_data_batch_%d.npz", k + 1);
        rc = write_batch(w, name, 0, first, n, mean, e);
        first += n;
    }
    free(mean);
    return rc;
}

static void put_label(FILE *f, int k, const char *name)
{
    fprintf(f, "%d\tn00000000\t%s\n", k + 1, name);
}

int write_imagenet32(const struct writing *w, struct err *e)
{
    return write_training(w, e) || write_batch(w, "val_data.npz", 1, 0, w->n_test, NULL, e) ||
                   writer_names(w, "labels.txt", put_label, "", e)
               ? -1
               : 0;
}
