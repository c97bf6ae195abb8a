/* write_fashion_mnist: the gzip'ed IDX files that loaders/fashion_mnist.c reads, with the official
 * numbers of items.  They are grey: the middle 28 x 28 pixels of each image's red plane. */
#include "loaders/writer.h"
#include <errno.h>
#include <string.h>
#include <zlib.h>

enum { SIDE = 32, INNER = 28, PAD = (SIDE - INNER) / 2 };

static int put_word(gzFile f, unsigned word)
{
    uint8_t bytes[4] = {(uint8_t)(word >> 24), (uint8_t)(word >> 16), (uint8_t)(word >> 8),
                        (uint8_t)word};
    return gzwrite(f, bytes, sizeof(bytes)) != sizeof(bytes);
}

static int put_image(void *to, int k, const uint8_t *x, int y)
{
    uint8_t grey[INNER * INNER];
    for (int i = 0; i < INNER; i++)
        for (int j = 0; j < INNER; j++)
            grey[i * INNER + j] = x[3 * ((i + PAD) * SIDE + j + PAD)];
    return gzwrite(to, grey, sizeof(grey)) != sizeof(grey);
}

static int put_images(gzFile f, const struct writing *w, int test, int n)
{
    return put_word(f, INNER) || put_word(f, INNER) || writer_images(w, test, 0, n, put_image, f);
}

static int put_labels(gzFile f, const struct writing *w, int test, int n)
{
    int bad = 0;
    for (int k = 0; k < n && !bad; k++)
        bad = gzputc(f, k % w->n_class) < 0;
    return bad;
}

/* A file of n items of n_dim dimensions; "h": Huffman codes only, as noise does not repeat. */
static int write_file(const struct writing *w, const char *name, int n_dim, int test, int n,
                      int (*put)(gzFile, const struct writing *, int, int), struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s", w->path, name))
        return -1;
    gzFile f = gzopen(path, "wb1h");
    if (!f)
        return err_set(e, "%s: cannot be written: %s", path, strerror(errno));
    int bad = put_word(f, 0x800u + (unsigned)n_dim) || put_word(f, (unsigned)n) || /* 8: bytes */
              put(f, w, test, n);
    if (gzclose(f) != Z_OK || bad)
        return err_set(e, "%s: writing failed: %s", path, strerror(errno));
    return 0;
}

int write_fashion_mnist(const struct writing *w, struct err *e)
{
    return write_file(w, "train-labels-idx1-ubyte.gz", 1, 0, w->n_train, put_labels, e) ||
                   write_file(w, "train-images-idx3-ubyte.gz", 3, 0, w->n_train, put_images, e) ||
                   write_file(w, "t10k-labels-idx1-ubyte.gz", 1, 1, w->n_test, put_labels, e) ||
                   write_file(w, "t10k-images-idx3-ubyte.gz", 3, 1, w->n_test, put_images, e)
               ? -1
               : 0;
}
