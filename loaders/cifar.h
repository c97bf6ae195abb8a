/* cifar: the records of CIFAR-10's and CIFAR-100's binary files: `head` bytes, of which the last is
 * the label, and 1,024 bytes each of red, green and blue in row order.  Private to loaders/. */
#pragma once
#include "core/core.h"
#include <stdint.h>
#include <stdio.h>

enum {
    CIFAR_SIDE = 32,
    CIFAR_CHANNELS = 3,
    CIFAR_IMAGE = CIFAR_SIDE * CIFAR_SIDE * CIFAR_CHANNELS
};
enum { CIFAR_MAX_HEAD = 2 };

/* Read the first n records of f, called path, into x (n, 32, 32, 3) and y (n), labels below
 * n_class; -1 with a sentence. */
int cifar_read(FILE *f, const char *path, int head, int n_class, int n, uint8_t *x, int32_t *y,
               struct err *e);
