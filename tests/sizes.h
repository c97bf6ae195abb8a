/* sizes: runs kernels on numbers of pixels and channels that fill registers and blocks, and on
 * numbers that do not. */
#ifndef TESTS_SIZES_H
#define TESTS_SIZES_H
#include "tests/naive.h"

static const int channels[] = {1, 3, 7, 8, 16, 17, 24, 33, 64, 100};
static const size_t pixels[] = {1, 2, 7, 35, 130};

/* Call body for every set of kernels, number of pixels and number of channels. */
static void (*sized)(size_t n_pixel, int c);
static void every_size(void)
{
    for (size_t i = 0; i < LENGTH(pixels); i++)
        for (size_t k = 0; k < LENGTH(channels); k++)
            sized(pixels[i], channels[k]);
}
static void with_every_size(void (*body)(size_t n_pixel, int c))
{
    sized = body;
    with_every_set(every_size);
}
#endif
