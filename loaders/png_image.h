/* png_image: a small PNG file as red, green and blue bytes.  Private to loaders/. */
#pragma once
#include "core/core.h"
#include "loaders/normalise.h"

/* Pixels a side: the sampler moves images by 4, and normalises rows of up to 3 x 170 bytes. */
enum { PNG_IMAGE_MIN_SIDE = 8, PNG_IMAGE_MAX_SIDE = NORMALISE_MAX_ROW / 3 };

struct png_image {
    int w, h;
    uint8_t pixels[PNG_IMAGE_MAX_SIDE * PNG_IMAGE_MAX_SIDE * 4]; /* (h, w, 3) from the start */
};

/* Read the file, which may hold anything.  Grey becomes three equal planes, palette entries their
 * colours, and other depths are scaled to 8 bits; gamma and colour profiles are not applied.
 * Images with a pixel that is not opaque are refused, as the background is not known. */
int png_image_read(struct png_image *im, const char *path, struct err *e);
