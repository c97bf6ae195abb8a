/* cifar10: the official binary version of CIFAR-10 (A. Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009): DIR/cifar-10-batches-bin/data_batch_1.bin .. data_batch_5.bin
 * and test_batch.bin, each 10,000 records of a label byte (0 .. 9) and 1,024 bytes each of red,
 * green and blue in row order.  Held here channels last.  Mean and std are those of the QGM
 * paper's code (Lin et al. 2021). */
#include "core/file.h"
#include "loaders/class_names.h"
#include <stdio.h>
#include <sys/stat.h>

enum { SIDE = 32, PLANE = SIDE * SIDE, CHANNELS = 3, RECORD = 1 + CHANNELS * PLANE };
enum { N_CLASS = 10, PER_FILE = 10000, N_FILE = 5, PATH_LENGTH = 4096 };
enum { FILE_SIZE = RECORD * PER_FILE };

/* Read the first n records of f, called path, into x (n, 32, 32, 3) and y (n). */
static int read_records(FILE *f, const char *path, int n, uint8_t *x, int32_t *y, struct err *e)
{
    uint8_t record[RECORD];
    for (int i = 0; i < n; i++) {
        if (fread(record, 1, RECORD, f) != RECORD)
            return err_set(e, "%s: reading failed in record %d", path, i);
        if (record[0] >= N_CLASS)
            return err_set(e, "%s: record %d has the label %d; labels are 0 to 9", path, i,
                           record[0]);
        y[i] = record[0];
        uint8_t *image = x + (size_t)i * (RECORD - 1);
        for (int p = 0; p < PLANE; p++)
            for (int c = 0; c < CHANNELS; c++)
                image[p * CHANNELS + c] = record[1 + c * PLANE + p];
    }
    return 0;
}

static int read_file(const char *dir, const char *name, int n, uint8_t *x, int32_t *y,
                     struct err *e)
{
    char path[PATH_LENGTH];
    size_t size;
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    FILE *f = file_open(path, &size, e);
    if (!f)
        return -1;
    int rc = size == FILE_SIZE
                 ? read_records(f, path, n, x, y, e)
                 : err_set(e, "%s: %zu bytes, but a CIFAR-10 file of %d records has %d", path, size,
                           PER_FILE, FILE_SIZE);
    fclose(f);
    return rc;
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "cifar10",
                           .n_class = N_CLASS,
                           .h = SIDE,
                           .w = SIDE,
                           .c = CHANNELS,
                           .mean = {0.4914f, 0.4822f, 0.4465f},
                           .std = {0.2023f, 0.1994f, 0.2010f}};
    char dir[PATH_LENGTH - 64], name[32];
    struct stat s;
    if (snprintf(dir, sizeof(dir), "%s/cifar-10-batches-bin", q->dir) >= (int)sizeof(dir))
        return err_usage(e, "%.200s: the path is too long", q->dir);
    if (stat(dir, &s) != 0 || !S_ISDIR(s.st_mode))
        return err_set(e,
                       "%s: there is no such folder; \"make datasets\" gets CIFAR-10, or name the "
                       "folder that has cifar-10-batches-bin in it",
                       dir);
    if (dataset_room(ds, q, N_FILE * PER_FILE, PER_FILE, e))
        return -1;
    for (int first = 0, i = 1; first < ds->train.n; first += PER_FILE, i++) {
        int n = ds->train.n - first < PER_FILE ? ds->train.n - first : PER_FILE;
        snprintf(name, sizeof(name), "data_batch_%d.bin", i);
        if (read_file(dir, name, n, ds->train.x + (size_t)first * dataset_image_size(ds),
                      ds->train.y + first, e))
            return -1;
    }
    return read_file(dir, "test_batch.bin", ds->test.n, ds->test.x, ds->test.y, e);
}

static int names(struct class_names *c, const char *dir, struct err *e)
{
    return class_names_read(c, dir, "cifar-10-batches-bin/batches.meta.txt", e);
}

const struct loader loader_cifar10 = {.load = load, .names = names};
