#include "draw/palette.h"
#include <png.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 1 << 15, COLORS = 256 };

/* The pixels in one of 32 x 32 x 32 boxes of colours. */
struct bin {
    long n, sum[3];
    int entry; /* its colour in the palette */
};

static int bin_of(const png_byte *pixel)
{
    return (pixel[0] >> 3) << 10 | (pixel[1] >> 3) << 5 | pixel[2] >> 3;
}

static int by_count(const void *a, const void *b)
{
    const struct bin *x = *(const struct bin *const *)a, *y = *(const struct bin *const *)b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : (x > y) - (x < y);
}

static int nearest(const struct bin *bin, const png_byte *map, int n)
{
    int best = 0;
    double least = 1e9;
    for (int i = 0; i < n; i++) {
        double distance = 0;
        for (int k = 0; k < 3; k++) {
            double d = (double)bin->sum[k] / (double)bin->n - map[3 * i + k];
            distance += d * d;
        }
        if (distance < least)
            least = distance, best = i;
    }
    return best;
}

/* Choose the palette for the pixels and replace them by their entries in it. */
static int reduce(const png_byte *rgb, size_t n, png_byte *to, png_byte map[3 * COLORS])
{
    struct bin *bin = xcalloc(BINS, sizeof(*bin)), **used = xcalloc(BINS, sizeof(struct bin *));
    int n_used = 0, n_color;
    for (size_t i = 0; i < n; i++) {
        struct bin *b = &bin[bin_of(rgb + 3 * i)];
        b->n++;
        for (int k = 0; k < 3; k++)
            b->sum[k] += rgb[3 * i + (size_t)k];
    }
    for (int i = 0; i < BINS; i++)
        if (bin[i].n)
            used[n_used++] = &bin[i];
    qsort(used, (size_t)n_used, sizeof(struct bin *), by_count);
    n_color = n_used < COLORS ? n_used : COLORS;
    for (int i = 0; i < n_color; i++)
        for (int k = 0; k < 3; k++)
            map[3 * i + k] = (png_byte)((used[i]->sum[k] + used[i]->n / 2) / used[i]->n);
    for (int i = 0; i < n_used; i++)
        used[i]->entry = nearest(used[i], map, n_color);
    for (size_t i = 0; i < n; i++)
        to[i] = (png_byte)bin[bin_of(rgb + 3 * i)].entry;
    free(bin), free(used);
    return n_color;
}

int palette_reduce(const char *path, struct err *e)
{
    png_byte map[3 * COLORS], *rgb = NULL, *pixel = NULL;
    png_image image;
    memset(&image, 0, sizeof(image));
    image.version = PNG_IMAGE_VERSION;
    int ok = png_image_begin_read_from_file(&image, path);
    if (ok) {
        size_t n = (size_t)image.width * image.height;
        image.format = PNG_FORMAT_RGB;
        rgb = xcalloc(n, 3), pixel = xcalloc(n, 1);
        ok = png_image_finish_read(&image, NULL, rgb, 0, NULL);
        image.format = PNG_FORMAT_RGB_COLORMAP;
        image.colormap_entries = ok ? (png_uint_32)reduce(rgb, n, pixel, map) : 0;
        ok = ok && png_image_write_to_file(&image, path, 0, pixel, 0, map);
    }
    png_image_free(&image);
    free(rgb), free(pixel);
    return ok ? 0 : err_set(e, "%s: cannot be made smaller: %s", path, image.message);
}
