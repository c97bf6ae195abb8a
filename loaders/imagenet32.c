/* imagenet32: ImageNet at 32x32 (Chrabaszcz, Loshchilov and Hutter 2017, arXiv:1707.08819) in its
 * official npz files: DIR/imagenet32/train_data_batch_<k>.npz for k = 1, 2, ... without gaps, and
 * val_data.npz.  Each has the arrays data, uint8 (N, 3072), in each row 1,024 bytes of red, green
 * and blue in row order, and labels (N), from 1; other arrays (mean) are not read.  In memory,
 * channels are last and classes count from 0: class k is label k + 1.  The number of classes is the
 * largest training label, whatever the limits are.  All labels are read first, so that sizes are
 * known before images are read, and only the requested rows are kept.  Mean and std are 0.5,
 * as in the QGM paper. */
#include "core/file.h"
#include "core/npz_reader.h"
#include "loaders/class_names.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 32, PLANE = SIDE * SIDE, CHANNELS = 3, ROW = CHANNELS * PLANE };
enum { N_AT_ONCE = 64, MAX_LABEL = 1000, MAX_ROW = 20000000 };
static const char folder[] = "imagenet32";

/* A file of the set, and the classes of its rows. */
struct batch {
    const char *path;
    int n;
    int32_t *class;
};

/* k if the file is called train_data_batch_<k>.npz, k = 1, 2, ...; -1 if another npz file is called
 * train_data_batch_...; 0 if it is no training file. */
static int batch_number(const char *file)
{
    static const char start[] = "train_data_batch_", end[] = ".npz";
    char name[64];
    int k = 0;
    size_t n = strlen(file);
    if (strncmp(file, start, strlen(start)) != 0 || strcmp(file + n - strlen(end), end) != 0)
        return 0;
    sscanf(file + strlen(start), "%4d", &k);
    snprintf(name, sizeof(name), "%s%d%s", start, k, end);
    return k >= 1 && !strcmp(file, name) ? k : -1;
}

/* The largest k of the training files in the folder; 0 if there is none. */
static int last_batch(const char *dir, struct err *e)
{
    DIR *d = opendir(dir);
    int last = 0;
    for (struct dirent *entry; d && last >= 0 && (entry = readdir(d));) {
        int k = batch_number(entry->d_name);
        if (k < 0)
            last = err_set(e,
                           "%s/%s: would not be read: rename it to train_data_batch_<k>.npz, with "
                           "k from 1 without gaps, or remove it",
                           dir, entry->d_name);
        else if (k > last)
            last = k;
    }
    if (d)
        closedir(d);
    return last;
}

static int files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    char dir[PATH_LENGTH];
    if (path_print(dir, e, "%s/%s", q->dir, folder) ||
        dataset_folder(q, folder,
                       "put train_data_batch_1.npz ... and val_data.npz there, ImageNet 32x32 as "
                       "image-net.org gives it",
                       e))
        return -1;
    int last = last_batch(dir, e);
    if (last < 0)
        return -1;
    if (last == 0)
        return err_set(e, "%s: has no train_data_batch_1.npz", dir);
    for (int k = 0; k < last; k++) {
        if (file_list_add(list, q->dir, e, "%s/train_data_batch_%d.npz", folder, k + 1))
            return -1;
        if (!file_exists(list->file[k].path))
            return err_set(e, "%s: is not there, but train_data_batch_%d.npz is",
                           list->file[k].path, last);
    }
    return file_list_add(list, q->dir, e, "%s/val_data.npz", folder);
}

/* Begin to read the images, whose shape must be that of n rows. */
static int begin_images(struct npz_reader *r, int n, struct err *e)
{
    const struct npz_array *a = npz_reader_find(r, "data", e);
    if (!a)
        return -1;
    if (strcmp(a->type, "u1") != 0 || a->n_dim != 2 || a->dim[1] != ROW)
        return err_set(e,
                       "%s: array 'data' is of type %s and has %d dimensions, the last of %zu; it "
                       "must be u1 with two, (N, %d)",
                       r->path, a->type, a->n_dim, a->n_dim ? a->dim[a->n_dim - 1] : 0, ROW);
    if (a->dim[0] != (size_t)n)
        return err_set(e, "%s: array 'data' has %zu rows, but array 'labels' %d", r->path,
                       a->dim[0], n);
    return 0;
}

/* Label i of an array that was read. */
static int64_t label_at(const struct npz_array *a, const void *data, int i)
{
    return a->item == 8   ? ((const int64_t *)data)[i]
           : a->item == 4 ? ((const int32_t *)data)[i]
                          : ((const uint8_t *)data)[i];
}

/* Turn labels, which are 1 .. n_class, into classes. */
static int take_labels(struct batch *b, const struct npz_array *a, const void *data, int n_class,
                       struct err *e)
{
    for (int i = 0; i < b->n; i++) {
        int64_t label = label_at(a, data, i);
        if (label < 1 || label > n_class)
            return err_set(e, "%s: row %d has the label %lld; %s 1 to %d", b->path, i,
                           (long long)label,
                           n_class < MAX_LABEL ? "the training files have" : "labels are", n_class);
        b->class[i] = (int32_t)(label - 1);
    }
    return 0;
}

/* Read the classes of all rows of the file, and check the header of its images. */
static int read_labels(struct batch *b, struct npz_reader *r, int n_class, struct err *e)
{
    const struct npz_array *a = npz_reader_find(r, "labels", e);
    if (!a)
        return -1;
    if ((strcmp(a->type, "i8") != 0 && strcmp(a->type, "i4") != 0 && strcmp(a->type, "u1") != 0) ||
        a->n_dim != 1)
        return err_set(e,
                       "%s: array 'labels' is of type %s and has %d dimensions; it must be i8, i4 "
                       "or u1 with one",
                       b->path, a->type, a->n_dim);
    if (a->n > MAX_ROW)
        return err_set(e, "%s: array 'labels' has %zu rows; at most %d are read", b->path, a->n,
                       MAX_ROW);
    void *data = npz_reader_all(r, e);
    if (!data)
        return -1;
    b->n = (int)a->n;
    b->class = xcalloc(a->n, sizeof(*b->class));
    int rc = take_labels(b, a, data, n_class, e) || begin_images(r, b->n, e) ? -1 : 0;
    free(data);
    return rc;
}

static int open_and_read_labels(struct batch *b, int n_class, struct err *e)
{
    struct npz_reader r;
    if (npz_reader_open(&r, b->path, e))
        return -1;
    int rc = read_labels(b, &r, n_class, e);
    npz_reader_close(&r);
    return rc;
}

/* How many rows of the file are requested. */
static int n_wanted(const struct batch *b, const struct dataset_request *q)
{
    int n = 0;
    for (int i = 0; i < b->n; i++)
        n += dataset_wants(q, b->class[i]);
    return n;
}

/* From three planes to channels last. */
static void take_row(const uint8_t *restrict row, uint8_t *restrict image)
{
    for (int p = 0; p < PLANE; p++)
        for (int c = 0; c < CHANNELS; c++)
            image[p * CHANNELS + c] = row[c * PLANE + p];
}

/* Append the requested rows of the file to the *at images of s, until it is full. */
static int read_images(const struct batch *b, struct npz_reader *r, const struct dataset_request *q,
                       struct split *s, int *at, struct err *e)
{
    uint8_t rows[N_AT_ONCE][ROW];
    if (begin_images(r, b->n, e))
        return -1;
    for (int first = 0; first < b->n && *at < s->n; first += N_AT_ONCE) {
        int n = b->n - first < N_AT_ONCE ? b->n - first : N_AT_ONCE;
        if (npz_reader_read(r, rows, (size_t)n * ROW, e))
            return -1;
        for (int i = 0; i < n && *at < s->n; i++)
            if (dataset_wants(q, b->class[first + i])) {
                take_row(rows[i], s->x + (size_t)*at * ROW);
                s->y[(*at)++] = b->class[first + i];
            }
    }
    return r->at == r->size ? npz_reader_end(r, e) : 0;
}

static int fill(struct split *s, const struct batch *b, int n_file, const struct dataset_request *q,
                struct err *e)
{
    int at = 0, rc = 0;
    for (int k = 0; k < n_file && !rc && at < s->n; k++) {
        struct npz_reader r;
        if (n_wanted(&b[k], q) == 0)
            continue;
        if (npz_reader_open(&r, b[k].path, e))
            return -1;
        rc = read_images(&b[k], &r, q, s, &at, e);
        npz_reader_close(&r);
    }
    return rc;
}

/* batch (n_train + 1): the training files, then that of the test split. */
static int read_batches(struct dataset *ds, struct batch *batch, int n_train,
                        const struct dataset_request *q, struct err *e)
{
    struct batch *test = &batch[n_train];
    int n = 0;
    for (int k = 0; k < n_train; k++) {
        struct batch *b = &batch[k];
        if (open_and_read_labels(b, MAX_LABEL, e))
            return -1;
        n += n_wanted(b, q);
        if (n > MAX_ROW)
            return err_set(e, "%s/%s: the files have more than %d rows", q->dir, folder, MAX_ROW);
        for (int i = 0; i < b->n; i++)
            if (b->class[i] >= ds->n_class)
                ds->n_class = b->class[i] + 1;
    }
    if (open_and_read_labels(test, ds->n_class, e) ||
        dataset_room(ds, q, n, n_wanted(test, q), e) || fill(&ds->train, batch, n_train, q, e) ||
        fill(&ds->test, test, 1, q, e))
        return -1;
    return 0;
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    struct file_list list = {.n = 0};
    *ds = (struct dataset){.name = "imagenet32",
                           .h = SIDE,
                           .w = SIDE,
                           .c = CHANNELS,
                           .mean = {0.5f, 0.5f, 0.5f},
                           .std = {0.5f, 0.5f, 0.5f}};
    int rc = files(q, &list, e);
    struct batch *batch = xcalloc((size_t)list.n + 1, sizeof(*batch));
    for (int k = 0; k < list.n; k++)
        batch[k].path = list.file[k].path;
    if (!rc)
        rc = read_batches(ds, batch, list.n - 1, q, e);
    for (int k = 0; k < list.n; k++)
        free(batch[k].class);
    free(batch);
    file_list_release(&list);
    return rc;
}

/* From labels.txt, which comes with downsampled parts of ImageNet: lines "label<tab>WordNet
 * id<tab>words"; the name is the part of the words before the first comma. */
static int names(struct class_names *c, const char *dir, struct err *e)
{
    static const char file[] = "imagenet32/labels.txt";
    if (class_names_read(c, dir, file, e))
        return -1;
    for (int k = 0; k < c->n; k++) {
        char *end, *words = strchr(c->text[k], '\t');
        long label = strtol(c->text[k], &end, 10);
        words = words ? strchr(words + 1, '\t') : NULL;
        if (!words || *end != '\t' || label != k + 1)
            return err_set(e, "%.512s/%s: line %d is not \"%d<tab>WordNet id<tab>words\"", dir,
                           file, k + 1, k + 1);
        size_t n = strcspn(++words, ",");
        memmove(c->text[k], words, n);
        c->text[k][n] = '\0';
    }
    return 0;
}

const struct loader loader_imagenet32 = {
    .title = "downsampled ImageNet",
    .folder = folder,
    .official = {.n_train = 1281167, .n_test = 50000, .n_class = MAX_LABEL},
    .source = {.by_hand = "https://image-net.org gives it to those who register; put its "
                          "train_data_batch_<k>.npz and val_data.npz (32x32) there"},
    .stand_in = "fashion-mnist",
    .chooses = 1,
    .load = load,
    .files = files,
    .names = names,
    .write = write_imagenet32};
