/* png_image: libpng reports errors by longjmp, so decode has no variable that a jump could corrupt.
 * The size is limited before memory is allocated. */
#include "loaders/png_image.h"
#include "core/file.h"
#include <png.h>
#include <string.h>

enum { MAX_HEADER_SIDE = 65535, MAX_CHUNK = 1 << 20, MAX_CHUNKS = 100 };

/* The state while a file is read. */
struct decoder {
    struct png_image *im;
    FILE *f;
    const char *path;
    struct err *e;
    png_structp png;
    png_infop info;
};

static _Noreturn void on_error(png_structp png, png_const_charp why)
{
    struct decoder *d = png_get_error_ptr(png);
    err_set(d->e, "%s: cannot be read as a PNG file up to byte %ld: %s", d->path, ftell(d->f), why);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp what)
{
}

static int check_size(struct decoder *d)
{
    png_uint_32 w = png_get_image_width(d->png, d->info), h = png_get_image_height(d->png, d->info);
    if (w < PNG_IMAGE_MIN_SIDE || h < PNG_IMAGE_MIN_SIDE || w > PNG_IMAGE_MAX_SIDE ||
        h > PNG_IMAGE_MAX_SIDE)
        return err_set(d->e, "%s: is %u x %u; images have %d to %d pixels a side", d->path,
                       (unsigned)w, (unsigned)h, PNG_IMAGE_MIN_SIDE, PNG_IMAGE_MAX_SIDE);
    d->im->w = (int)w, d->im->h = (int)h;
    return 0;
}

/* Read red, green, blue and alpha, whatever the file has. */
static void read_pixels(struct decoder *d)
{
    png_bytep row[PNG_IMAGE_MAX_SIDE];
    png_set_expand(d->png);
    png_set_scale_16(d->png);
    png_set_gray_to_rgb(d->png);
    png_set_add_alpha(d->png, 255, PNG_FILLER_AFTER);
    png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
    CHECK(png_get_rowbytes(d->png, d->info) == 4 * (size_t)d->im->w);
    for (int i = 0; i < d->im->h; i++)
        row[i] = d->im->pixels + 4 * i * d->im->w;
    png_read_image(d->png, row);
    png_read_end(d->png, NULL);
}

/* Drop the alpha of opaque pixels. */
static int drop_alpha(struct decoder *d)
{
    uint8_t *pixels = d->im->pixels;
    for (int i = 0; i < d->im->w * d->im->h; i++) {
        if (pixels[4 * i + 3] != 255)
            return err_set(
                d->e, "%s: the pixel in row %d, column %d is not opaque; save it without alpha",
                d->path, i / d->im->w, i % d->im->w);
        memmove(pixels + 3 * i, pixels + 4 * i, 3);
    }
    return 0;
}

static int decode(struct decoder *d)
{
    if (setjmp(png_jmpbuf(d->png)))
        return -1;
    png_init_io(d->png, d->f);
    png_set_user_limits(d->png, MAX_HEADER_SIDE, MAX_HEADER_SIDE);
    png_set_chunk_malloc_max(d->png, MAX_CHUNK);
    png_set_chunk_cache_max(d->png, MAX_CHUNKS);
    png_read_info(d->png, d->info);
    if (check_size(d))
        return -1;
    read_pixels(d);
    return drop_alpha(d);
}

int png_image_read(struct png_image *im, const char *path, struct err *e)
{
    struct decoder d = {.im = im, .path = path, .e = e};
    if (!(d.f = file_open(path, NULL, e)))
        return -1;
    d.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &d, on_error, on_warning);
    d.info = d.png ? png_create_info_struct(d.png) : NULL;
    if (!d.info)
        die("out of memory: libpng has none");
    int rc = decode(&d);
    png_destroy_read_struct(&d.png, &d.info, NULL);
    fclose(d.f);
    return rc;
}
