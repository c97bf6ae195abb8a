/* synthetic_images: generated square colour images, for tests, first runs, and files in the forms
 * of other data sets. */
#pragma once
#include "loaders/image_size.h"

enum { SYNTHETIC_IMAGES_TRAIN = 2000, SYNTHETIC_IMAGES_TEST = 500 };
enum { SYNTHETIC_IMAGES_CLASS = 10, SYNTHETIC_IMAGES_MOST = 1000000 };

/* The distribution of the images. */
struct image_generator {
    uint64_t seed;
    float signal, noise; /* factors; 1 at difficulty 0.5 */
    int n_class, side;
    float *pattern; /* (n_class, side, side, 3) */
};

void image_generator_init(struct image_generator *g, uint64_t seed, double difficulty, int n_class,
                          int side);
void image_generator_release(struct image_generator *g);
/* Images first .. first + n - 1 of the training or the test split: x (n, side, side, 3),
 * y (n). */
void image_generator_draw(const struct image_generator *g, int test, int first, int n, uint8_t *x,
                          int32_t *y);
