/* write_png_folder: the tree that loaders/png_folder.c reads.  Image k of a split is the file
 * <k>.png in its class's folder, so that taking files in turns over the classes gives the images in
 * order.  (png_image is png.h's own struct here, not that of loaders/png_image.h.) */
#include "loaders/writer.h"
#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What a file of a split is made from. */
struct split_writer {
    const struct writing *w;
    const char *split;
    int width; /* digits of the largest number */
    struct err *e;
};

static int make_folder(const struct writing *w, const char *name, struct err *e)
{
    char path[PATH_LENGTH];
    if (path_print(path, e, "%s/%s", w->path, name))
        return -1;
    return mkdir(path, 0777) == 0
               ? 0
               : err_set(e, "%s: the folder cannot be made: %s", path, strerror(errno));
}

static int put(void *to, int k, const uint8_t *x, int y)
{
    const struct split_writer *s = to;
    char path[PATH_LENGTH], name[3 * WRITER_NAME], class[WRITER_NAME];
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)s->w->image_size,
                       .height = (png_uint_32)s->w->image_size,
                       .format = PNG_FORMAT_RGB,
                       .flags = PNG_IMAGE_FLAG_FAST};
    snprintf(name, sizeof(name), "%s/%s/%0*d.png", s->split, writer_class(s->w, y, class), s->width,
             k);
    if (path_print(path, s->e, "%s/%s", s->w->path, name))
        return -1;
    if (png_image_write_to_file(&image, path, 0, x, 0, NULL))
        return 0;
    return err_set(s->e, "%s: writing failed: %s", path, image.message);
}

static int write_split(const struct writing *w, int test, int n, struct err *e)
{
    struct split_writer s = {
        .w = w, .split = test ? "test" : "train", .width = snprintf(NULL, 0, "%d", n - 1), .e = e};
    if (make_folder(w, s.split, e))
        return -1;
    for (int k = 0; k < w->n_class; k++) {
        char name[3 * WRITER_NAME], class[WRITER_NAME];
        snprintf(name, sizeof(name), "%s/%s", s.split, writer_class(w, k, class));
        if (make_folder(w, name, e))
            return -1;
    }
    return writer_images(w, test, 0, n, put, &s);
}

int write_png_folder(const struct writing *w, struct err *e)
{
    return write_split(w, 0, w->n_train, e) || write_split(w, 1, w->n_test, e) ? -1 : 0;
}
