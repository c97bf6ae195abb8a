/* writer: functions that the writers of all forms share.  Private to loaders/write*. */
#pragma once
#include "loaders/synthetic_images.h"
#include <stdio.h>

enum { WRITER_NAME = 32 };
enum { WRITER_PLANE = IMAGE_SIZE_USUAL * IMAGE_SIZE_USUAL, WRITER_IMAGE = 3 * WRITER_PLANE };

/* What is to be written, and where: into path, an empty folder. */
struct writing {
    const char *path;
    int n_train, n_test, n_class;
    uint64_t seed;
    double difficulty;
    int image_size;                /* 32, except in forms with a choice */
    struct image_generator images; /* unless texts */
};

/* Write a file of these bytes. */
int writer_file(const struct writing *w, const char *name, const void *bytes, size_t n,
                struct err *e);
/* The name of class k; sorted names are in the order of the classes. */
const char *writer_class(const struct writing *w, int k, char name[WRITER_NAME]);
/* Write a file: for each class a line, its name or what line() writes, and then `end`. */
int writer_names(const struct writing *w, const char *file,
                 void (*line)(FILE *f, int k, const char *name), const char *end, struct err *e);
/* Call put with images first .. first + n - 1 of a split, one after the other: x (side, side, 3)
 * of class y; -1 as soon as put returns anything but 0. */
int writer_images(const struct writing *w, int test, int first, int n,
                  int (*put)(void *to, int k, const uint8_t *x, int y), void *to);
/* Let put write these images into a file, which it gets as its FILE *. */

int writer_image_file(const struct writing *w, const char *name, int test, int first, int n,
                      int (*put)(void *to, int k, const uint8_t *x, int y), struct err *e);
/* The red, green and blue planes of an image of 32 x 32 with channels last. */
void writer_planes(const uint8_t *x, uint8_t planes[WRITER_IMAGE]);
