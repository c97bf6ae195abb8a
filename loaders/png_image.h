/* png_image: a small PNG file as red, green and blue bytes.  Private to loaders/. */
#pragma once
#include "core/core.h"
#include "loaders/image_size.h"
#include "loaders/normalise.h"

/* Pixels per side. */
enum { PNG_IMAGE_MIN_SIDE = IMAGE_SIZE_MIN, PNG_IMAGE_MAX_SIDE = IMAGE_SIZE_MAX };
_Static_assert(PNG_IMAGE_MAX_SIDE * 3 <= NORMALISE_MAX_ROW, "rows must be normalised");

struct png_image {
    int w, h;
    uint8_t pixels[PNG_IMAGE_MAX_SIDE * PNG_IMAGE_MAX_SIDE * 4]; /* (h, w, 3) from the start */
};

/* Read the file, which may contain anything.  Grey becomes three equal planes, palette entries
 * their colours, and other depths are scaled to 8 bits; gamma and colour profiles are not applied.
 * Images with a pixel that is not opaque are refused, since the background is unknown. */
int png_image_read(struct png_image *im, const char *path, struct err *e);
