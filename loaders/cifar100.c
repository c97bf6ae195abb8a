/* cifar100: the official binary version of CIFAR-100 (A. Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009): DIR/cifar-100-binary/train.bin and test.bin, records of a byte
 * for the coarse label, which is not used, a byte for the label (0 .. 99), and 1,024 bytes each of
 * red, green and blue in row order.  The official files have 50,000 and 10,000 records; any number
 * is read. */
#include "core/file.h"
#include "loaders/cifar.h"
#include "loaders/class_names.h"

enum { HEAD = 2, RECORD = HEAD + CIFAR_IMAGE, N_CLASS = 100 };
static const char folder[] = "cifar-100-binary";

static int files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    return dataset_folder(q, folder, "\"gossipbench data get cifar100\" gets it", e) ||
                   file_list_add(list, q->dir, e, "%s/train.bin", folder) ||
                   file_list_add(list, q->dir, e, "%s/test.bin", folder)
               ? -1
               : 0;
}

/* Open a file of whole records; *n becomes their number. */
static FILE *open_records(const char *path, int *n, struct err *e)
{
    size_t size;
    FILE *f = file_open(path, &size, e);
    if (f && (size % RECORD != 0 || size / RECORD > 1000000)) {
        err_set(e, "%s: %zu bytes are not up to a million records of %d bytes", path, size, RECORD);
        fclose(f);
        return NULL;
    }
    *n = (int)(size / RECORD);
    return f;
}

static int read_files(struct dataset *ds, const struct dataset_request *q,
                      const struct file_list *list, struct err *e)
{
    int n_train, n_test, rc = -1;
    const char *train_path = list->file[0].path, *test_path = list->file[1].path;
    FILE *train = open_records(train_path, &n_train, e);
    FILE *test = train ? open_records(test_path, &n_test, e) : NULL;
    if (test && dataset_room(ds, q, n_train, n_test, e) == 0 &&
        cifar_read(train, train_path, HEAD, N_CLASS, ds->train.n, ds->train.x, ds->train.y, e) == 0)
        rc = cifar_read(test, test_path, HEAD, N_CLASS, ds->test.n, ds->test.x, ds->test.y, e);
    if (train)
        fclose(train);
    if (test)
        fclose(test);
    return rc;
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    *ds = (struct dataset){.name = "cifar100",
                           .n_class = N_CLASS,
                           .h = CIFAR_SIDE,
                           .w = CIFAR_SIDE,
                           .c = CIFAR_CHANNELS,
                           .mean = {0.5071f, 0.4865f, 0.4409f},
                           .std = {0.2673f, 0.2564f, 0.2762f}};
    struct file_list list = {.n = 0};
    int rc = files(q, &list, e) || read_files(ds, q, &list, e) ? -1 : 0;
    file_list_release(&list);
    return rc;
}

static int names(struct class_names *c, const char *dir, struct err *e)
{
    return class_names_read(c, dir, "cifar-100-binary/fine_label_names.txt", e);
}

const struct loader loader_cifar100 = {
    .title = "CIFAR-100",
    .folder = folder,
    .official = {.n_train = 50000,
                 .n_test = 10000,
                 .n_class = N_CLASS,
                 .mean = {0.50707516, 0.48654887, 0.44091784}},
    .source = {.url = "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
               .archive_sha256 = "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
               .variable = "CIFAR100_URL",
               .size = "169 MB",
               .terms = "its author asks that the report be cited"},
    .stand_in = "synthetic-images",
    .load = load,
    .files = files,
    .names = names,
    .write = write_cifar100};
