/* cifar10: the official binary version of CIFAR-10 (A. Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009): DIR/cifar-10-batches-bin/data_batch_1.bin .. data_batch_5.bin
 * and test_batch.bin, each 10,000 records of a label byte (0 .. 9) and 1,024 bytes each of red,
 * green and blue in row order.  In memory, channels are last.  Mean and std are those of the QGM
 * paper's code (Lin et al. 2021). */
#include "core/file.h"
#include "loaders/cifar.h"
#include "loaders/class_names.h"

enum { HEAD = 1, RECORD = HEAD + CIFAR_IMAGE };
enum { N_CLASS = 10, PER_FILE = 10000, N_FILE = 5 };
enum { FILE_SIZE = RECORD * PER_FILE };
static const char folder[] = "cifar-10-batches-bin";

static int read_file(const char *path, int n, uint8_t *x, int32_t *y, struct err *e)
{
    size_t size;
    FILE *f = file_open(path, &size, e);
    if (!f)
        return -1;
    int rc = size == FILE_SIZE
                 ? cifar_read(f, path, HEAD, N_CLASS, n, x, y, e)
                 : err_set(e, "%s: %zu bytes, but a CIFAR-10 file of %d records has %d", path, size,
                           PER_FILE, FILE_SIZE);
    fclose(f);
    return rc;
}

/* Training files up to the limit, then the test file. */
static int files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    int n = q->train_limit;
    if (dataset_folder(q, folder,
                       "\"make datasets\" gets CIFAR-10, or name the folder that has "
                       "cifar-10-batches-bin in it",
                       e))
        return -1;
    for (int i = 0; i < N_FILE && (n == 0 || i * PER_FILE < n); i++)
        if (file_list_add(list, q->dir, e, "%s/data_batch_%d.bin", folder, i + 1))
            return -1;
    return file_list_add(list, q->dir, e, "%s/test_batch.bin", folder);
}

static int read_files(struct dataset *ds, const struct file_list *list, struct err *e)
{
    for (int k = 0; k + 1 < list->n; k++) {
        int first = k * PER_FILE,
            n = ds->train.n - first < PER_FILE ? ds->train.n - first : PER_FILE;
        if (read_file(list->file[k].path, n, ds->train.x + (size_t)first * dataset_image_size(ds),
                      ds->train.y + first, e))
            return -1;
    }
    return read_file(list->file[list->n - 1].path, ds->test.n, ds->test.x, ds->test.y, e);
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "cifar10",
                           .n_class = N_CLASS,
                           .h = CIFAR_SIDE,
                           .w = CIFAR_SIDE,
                           .c = CIFAR_CHANNELS,
                           .mean = {0.4914f, 0.4822f, 0.4465f},
                           .std = {0.2023f, 0.1994f, 0.2010f}};
    struct file_list list = {.n = 0};
    int rc = files(q, &list, e) || dataset_room(ds, q, N_FILE * PER_FILE, PER_FILE, e) ||
             read_files(ds, &list, e);
    file_list_release(&list);
    return rc ? -1 : 0;
}

static int names(struct class_names *c, const char *dir, struct err *e)
{
    return class_names_read(c, dir, "cifar-10-batches-bin/batches.meta.txt", e);
}

/* The channel means are the well-known ones. */
const struct loader loader_cifar10 = {
    .title = "CIFAR-10",
    .folder = folder,
    .official = {.n_train = N_FILE * PER_FILE,
                 .n_test = PER_FILE,
                 .n_class = N_CLASS,
                 .mean = {0.49139968, 0.48215841, 0.44653091}},
    .source = {.url = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
               .archive_sha256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
               .variable = "CIFAR10_URL",
               .size = "170 MB",
               .terms = "its author asks that the report be cited"},
    .stand_in = "fashion-mnist",
    .load = load,
    .files = files,
    .names = names,
    .write = write_cifar10,
    .written_whole = 1};
