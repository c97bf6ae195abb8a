/* imagenet32: ImageNet downsampled to 32x32 (Chrabaszcz, Loshchilov and Hutter, 2017) as NumPy
 * archives: DIR/imagenet32/train_data_batch_<k>.npz, k = 1, 2, ... without gaps, and val_data.npz.
 * `data` is uint8 (N, 3072): 1,024 red, then green, then blue values, row by row; `labels` (N) are
 * whole numbers from 1; `mean` is not used.  There are as many classes as the largest training
 * label says.  Labels are read first, so that memory is taken once and for what is asked for only;
 * images pass through a row at a time.
 * Means and standard deviations are torchvision's for ImageNet at full size: the paper has none. */
#include "loaders/dataset.h"
#include "loaders/npz_reader.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SIDE = 32, CHANNELS = 3, PLANE = SIDE * SIDE, ROW = PLANE * CHANNELS };
enum { PATH_LENGTH = 1024, MAX_LABEL = 1000, MAX_BATCH = 999 };

/* The labels of one file, as classes from 0. */
struct batch {
    char path[PATH_LENGTH];
    int n, n_wanted;
    int32_t *label;
};

static int exists(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0;
}

static int64_t label_at(const struct npz_array *a, const char *bytes, size_t i)
{
    int64_t wide;
    int32_t narrow;
    if (a->item == 8) {
        memcpy(&wide, bytes + 8 * i, 8);
        return wide;
    }
    memcpy(&narrow, bytes + 4 * i, 4);
    return narrow;
}

static int set_labels(struct batch *b, const struct npz_array *a, const char *bytes, int most,
                      struct err *e)
{
    b->n = (int)a->n;
    b->label = xcalloc(a->n, sizeof(*b->label));
    for (size_t i = 0; i < a->n; i++) {
        int64_t label = label_at(a, bytes, i);
        if (label < 1 || label > most)
            return err_set(e, "%s: row %zu has the label %lld; labels are 1 to %d%s", b->path, i,
                           (long long)label, most,
                           most < MAX_LABEL ? ", the largest one of the training rows" : "");
        b->label[i] = (int32_t)(label - 1);
    }
    return 0;
}

static int read_labels(struct batch *b, int most, struct err *e)
{
    struct npz_reader r;
    if (npz_reader_open(&r, b->path, e))
        return -1;
    const struct npz_array *a = npz_reader_find(&r, "labels", e);
    int status = a ? 0 : -1;
    if (a && (a->n_dim != 1 || a->n == 0 || (strcmp(a->type, "i8") && strcmp(a->type, "i4"))))
        status = err_set(e, "%s: labels must be int64 or int32 (N), and at least one", b->path);
    if (status == 0) {
        char *bytes = malloc(a->n * a->item); /* no more than the file can hold */
        if (!bytes)
            status = err_set(e, "%s: its %zu labels do not fit into memory", b->path, a->n);
        else if ((status = npz_reader_read(&r, bytes, a->n * a->item, e)) == 0 &&
                 (status = npz_reader_end(&r, e)) == 0)
            status = set_labels(b, a, bytes, most, e);
        free(bytes);
    }
    npz_reader_close(&r);
    return status;
}

/* Images of the classes asked for in these files; -1 if there are too many to count. */
static int count_wanted(struct batch *b, int n_batch, const struct dataset_request *q)
{
    int n = 0;
    for (int k = 0; k < n_batch; k++) {
        for (int i = 0; i < b[k].n; i++)
            b[k].n_wanted += dataset_wants(q, b[k].label[i]);
        n += b[k].n_wanted;
    }
    return n;
}

static void interleave(const uint8_t *planes, uint8_t *image)
{
    for (int i = 0; i < PLANE; i++)
        for (int c = 0; c < CHANNELS; c++)
            image[i * CHANNELS + c] = planes[c * PLANE + i];
}

/* Add a file's images of the classes asked for behind the first *n of a split, while there is room.
 */
static int read_images(const struct batch *b, const struct dataset_request *q, struct split *s,
                       int *n, struct err *e)
{
    uint8_t planes[ROW];
    struct npz_reader r;
    if (npz_reader_open(&r, b->path, e))
        return -1;
    const struct npz_array *a = npz_reader_find(&r, "data", e);
    int status = a ? 0 : -1;
    if (a &&
        (strcmp(a->type, "u1") || a->n_dim != 2 || a->dim[0] != (size_t)b->n || a->dim[1] != ROW))
        status =
            err_set(e, "%s: data must be uint8 (%d, %d), a row for each label", b->path, b->n, ROW);
    for (int i = 0; i < b->n && status == 0 && *n < s->n; i++) {
        status = npz_reader_read(&r, planes, ROW, e);
        if (status < 0 || !dataset_wants(q, b->label[i]))
            continue;
        s->y[*n] = b->label[i];
        interleave(planes, s->x + (size_t)(*n)++ * ROW);
        if (i == b->n - 1)
            status = npz_reader_end(&r, e);
    }
    npz_reader_close(&r);
    return status;
}

/* Name the training files there are; how many, or -1 with a sentence. */
static int list_files(struct batch *b, const char *dir, struct err *e)
{
    char path[PATH_LENGTH];
    int n = 0;
    for (int k = 1; k <= MAX_BATCH; k++) {
        snprintf(path, sizeof(path), "%.900s/train_data_batch_%d.npz", dir, k);
        if (!exists(path))
            continue;
        if (n != k - 1)
            return err_set(e, "%s: is there, but train_data_batch_%d.npz is not", path, n + 1);
        memcpy(b[n++].path, path, sizeof(path));
    }
    if (n == 0)
        return err_set(e,
                       "%.900s: has no train_data_batch_1.npz; image-net.org gives downsampled "
                       "ImageNet (32x32, npz) to those who register",
                       dir);
    return n;
}

/* b: the training files and, behind them, that of the test images. */
static int load_files(struct dataset *ds, const struct dataset_request *q, struct batch *b,
                      const char *dir, struct err *e)
{
    int n_batch = list_files(b, dir, e), at = 0, status = n_batch < 0 ? -1 : 0;
    for (int k = 0; k < n_batch && status == 0; k++) {
        status = read_labels(&b[k], MAX_LABEL, e);
        for (int i = 0; i < b[k].n && status == 0; i++)
            ds->n_class = b[k].label[i] >= ds->n_class ? b[k].label[i] + 1 : ds->n_class;
    }
    if (status < 0)
        return -1;
    struct batch *test = &b[n_batch];
    snprintf(test->path, sizeof(test->path), "%.900s/val_data.npz", dir);
    if (read_labels(test, ds->n_class, e) < 0 ||
        dataset_room(ds, q, count_wanted(b, n_batch, q), count_wanted(test, 1, q), e) < 0)
        return -1;
    for (int k = 0; k < n_batch && at < ds->train.n; k++)
        if (read_images(&b[k], q, &ds->train, &at, e) < 0)
            return -1;
    at = 0;
    return read_images(test, q, &ds->test, &at, e);
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "imagenet32",
                           .h = SIDE,
                           .w = SIDE,
                           .c = CHANNELS,
                           .mean = {0.485f, 0.456f, 0.406f},
                           .std = {0.229f, 0.224f, 0.225f}};
    char dir[PATH_LENGTH];
    if (snprintf(dir, sizeof(dir), "%s/imagenet32", q->dir) >= (int)sizeof(dir) - 32)
        return err_usage(e, "%.200s: the path is too long", q->dir);
    struct batch *b = xcalloc(MAX_BATCH + 1, sizeof(*b));
    int status = load_files(ds, q, b, dir, e);
    for (int k = 0; k <= MAX_BATCH; k++)
        free(b[k].label);
    free(b);
    return status;
}

const struct loader loader_imagenet32 = {.load = load, .chooses = 1};
