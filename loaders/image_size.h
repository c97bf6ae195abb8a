/* image_size: the size of images, as a parameter of the data sets that can have several. */
#pragma once
#include "loaders/dataset.h"

enum { IMAGE_SIZE_USUAL = 32, IMAGE_SIZE_MIN = 8, IMAGE_SIZE_MAX = 256 };

#define PARAMETER_IMAGE_SIZE                                                                       \
    {                                                                                              \
        "image_size", 0, 0, IMAGE_SIZE_MAX,                                                        \
            "pixels a side of generated images, or what the files' must have (0: 32 generated, "   \
            "or that of the first file)",                                                          \
            WHOLE, 1                                                                               \
    }
/* The requested pixels per side, or `initial` if none are; -1 with a sentence if they are too few
 * for the sampler, which moves images by 4. */
static inline int image_size_take(const char *name, double asked, int initial, struct err *e)
{
    if (asked > 0 && asked < IMAGE_SIZE_MIN)
        return err_usage(e, "%s: image_size is %.0f, but must be 0, or from %d to %d", name, asked,
                         IMAGE_SIZE_MIN, IMAGE_SIZE_MAX);
    return asked > 0 ? (int)asked : initial;
}
