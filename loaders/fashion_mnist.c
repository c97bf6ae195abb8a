/* fashion_mnist: Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747), four gzip'ed IDX
 * files in DIR/fashion-mnist, or if there is no such folder in /usr/share/datasets/fashion-mnist
 * (Debian package dataset-fashion-mnist): a big-endian magic number, the sizes, then bytes.  Images
 * are converted to the form of CIFAR-10: 28x28 padded to 32x32 with zeros, three equal planes.
 * Mean and std are the usual ones, of the 28x28 images, not of the padded ones. */
#include "core/file.h"
#include "loaders/dataset.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { SIDE = 32, INNER = 28, PAD = (SIDE - INNER) / 2, CHANNELS = 3, N_CLASS = 10 };
enum { N_TRAIN = 60000, N_TEST = 10000, MAX_DIM = 3 };
static const char debian[] = "/usr/share/datasets", folder[] = "fashion-mnist";

/* A file being read, and the sizes that its header must state. */
struct idx {
    gzFile f;
    const char *path;
    int n_dim, dim[MAX_DIM];
};

/* The bytes of the whole file, unpacked. */
static long size_of(const struct idx *i)
{
    long n = 1;
    for (int k = 0; k < i->n_dim; k++)
        n *= i->dim[k];
    return 4 * (1 + i->n_dim) + n;
}

/* Say why no more bytes could be read.  Offsets are in the unpacked file. */
static int refuse_end(struct idx *i, struct err *e)
{
    int code = Z_OK;
    gzerror(i->f, &code);
    return err_set(e, "%s: %s at byte %ld of the %ld that are expected, unpacked", i->path,
                   code == Z_OK          ? "ends"
                   : code == Z_BUF_ERROR ? "its gzip data are cut off"
                                         : "its gzip data are damaged",
                   (long)gztell(i->f), size_of(i));
}

static int read_bytes(struct idx *i, void *bytes, unsigned n, struct err *e)
{
    return gzread(i->f, bytes, n) == (int)n ? 0 : refuse_end(i, e);
}

/* Check that nothing follows, and that gzip's checksum, which comes last, is right. */
static int read_end(struct idx *i, struct err *e)
{
    char more;
    int code = Z_OK, got = gzread(i->f, &more, 1);
    gzerror(i->f, &code);
    if (got > 0)
        return err_set(e, "%s: has more than the %ld bytes that are expected, unpacked", i->path,
                       size_of(i));
    return got < 0 || (code != Z_OK && code != Z_STREAM_END) ? refuse_end(i, e) : 0;
}

static int read_word(struct idx *i, uint32_t *word, struct err *e)
{
    uint8_t b[4];
    if (read_bytes(i, b, sizeof(b), e))
        return -1;
    *word = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    return 0;
}

static int read_header(struct idx *i, struct err *e)
{
    uint32_t word = 0, magic = 0x800u + (uint32_t)i->n_dim; /* 8: unsigned bytes */
    if (read_word(i, &word, e))
        return -1;
    if (word != magic)
        return err_set(
            e, "%s: byte 0: starts with 0x%08x, but an IDX file of this kind starts with 0x%08x",
            i->path, (unsigned)word, (unsigned)magic);
    for (int k = 0; k < i->n_dim; k++) {
        if (read_word(i, &word, e))
            return -1;
        if (word != (uint32_t)i->dim[k])
            return err_set(e, "%s: byte %d: the header says %u %s, but Fashion-MNIST has %d",
                           i->path, 4 * (1 + k), (unsigned)word, k ? "pixels a side" : "items",
                           i->dim[k]);
    }
    return 0;
}

/* Take the first n images into x (n, 32, 32, 3). */
static int read_images(struct idx *i, int n, uint8_t *x, int32_t *y, struct err *e)
{
    uint8_t in[INNER * INNER];
    for (int k = 0; k < n; k++) {
        uint8_t *image = x + (size_t)k * SIDE * SIDE * CHANNELS;
        if (read_bytes(i, in, sizeof(in), e))
            return -1;
        for (int r = 0; r < INNER; r++)
            for (int c = 0; c < INNER; c++)
                memset(image + ((r + PAD) * SIDE + c + PAD) * CHANNELS, in[r * INNER + c],
                       CHANNELS);
    }
    return 0;
}

/* Take the first n labels into y (n). */
static int read_labels(struct idx *i, int n, uint8_t *x, int32_t *y, struct err *e)
{
    for (int k = 0; k < n; k++) {
        uint8_t label;
        if (read_bytes(i, &label, 1, e))
            return -1;
        if (label >= N_CLASS)
            return err_set(e, "%s: byte %ld: item %d has the label %d; labels are 0 to 9", i->path,
                           (long)gztell(i->f) - 1, k, label);
        y[k] = label;
    }
    return 0;
}

/* Open a file of n_all items and let `read` take the first s->n of them. */
static int read_file(const char *path, int n_dim, int n_all, struct split *s,
                     int (*read)(struct idx *, int, uint8_t *, int32_t *, struct err *),
                     struct err *e)
{
    struct idx i = {.path = path, .n_dim = n_dim, .dim = {n_all, INNER, INNER}};
    FILE *f = file_open(i.path, NULL, e);
    if (!f)
        return -1;
    i.f = gzdopen(dup(fileno(f)), "rb");
    fclose(f);
    if (!i.f)
        die("%s: zlib cannot open it", i.path);
    int rc = read_header(&i, e);
    if (!rc)
        rc = read(&i, s->n, s->x, s->y, e);
    if (!rc && s->n == n_all)
        rc = read_end(&i, e);
    gzclose(i.f);
    return rc;
}

enum { TRAIN_LABELS, TRAIN_IMAGES, TEST_LABELS, TEST_IMAGES, N_FILE };

static int files(const struct dataset_request *q, struct file_list *list, struct err *e)
{
    static const char *const name[N_FILE] = {
        "train-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz"};
    char own[PATH_LENGTH], its[PATH_LENGTH];
    if (path_print(own, e, "%s/%s", q->dir, folder) || path_print(its, e, "%s/%s", debian, folder))
        return -1;
    if (!file_exists(own) && !file_exists(its))
        return err_set(e,
                       "%s: there is no such folder, nor %s; \"make deps\" or the Debian package "
                       "dataset-fashion-mnist brings Fashion-MNIST",
                       own, its);
    for (int i = 0; i < N_FILE; i++)
        if (file_list_add(list, file_exists(own) ? q->dir : debian, e, "%s/%s", folder, name[i]))
            return -1;
    return 0;
}

static int read_files(struct dataset *ds, const struct file_list *l, struct err *e)
{
    return read_file(l->file[TRAIN_LABELS].path, 1, N_TRAIN, &ds->train, read_labels, e) ||
                   read_file(l->file[TRAIN_IMAGES].path, 3, N_TRAIN, &ds->train, read_images, e) ||
                   read_file(l->file[TEST_LABELS].path, 1, N_TEST, &ds->test, read_labels, e) ||
                   read_file(l->file[TEST_IMAGES].path, 3, N_TEST, &ds->test, read_images, e)
               ? -1
               : 0;
}

static int load(struct dataset *ds, const struct dataset_request *q, struct err *e)
{
    struct file_list list = {.n = 0};
    *ds = (struct dataset){.name = "fashion-mnist",
                           .n_class = N_CLASS,
                           .h = SIDE,
                           .w = SIDE,
                           .c = CHANNELS,
                           .mean = {0.2860f, 0.2860f, 0.2860f},
                           .std = {0.3530f, 0.3530f, 0.3530f}};
    int rc =
        files(q, &list, e) || dataset_room(ds, q, N_TRAIN, N_TEST, e) || read_files(ds, &list, e);
    file_list_release(&list);
    return rc ? -1 : 0;
}

/* The mean is that of the padded images. */
const struct loader loader_fashion_mnist = {
    .title = "Fashion-MNIST",
    .folder = folder,
    .official = {.n_train = N_TRAIN,
                 .n_test = N_TEST,
                 .n_class = N_CLASS,
                 .mean = {0.21899983, 0.21899983, 0.21899983}},
    .source = {.by_hand = "\"make deps\" installs it, as Debian's package "
                          "dataset-fashion-mnist"},
    .load = load,
    .files = files,
    .write = write_fashion_mnist,
    .written_whole = 1};
