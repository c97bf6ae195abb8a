/* npy: one NumPy array file in memory, as it lies in an npz archive.  Private to loaders/. */
#ifndef LOADERS_NPY_H
#define LOADERS_NPY_H
#include "loaders/npz.h"

enum { NPY_MAX_HEADER = 256 };

/* Bytes of one element of a type written as in struct npz_array; 0 if it is not one of them. */
size_t npy_item(const char *type);
/* From the n bytes of an npy file fill type, n_dim, dim, n and item of a, whose name is set.
 * Returns where in the bytes its n * item bytes of data begin, which end with them; 0 with a
 * sentence on failure. */
size_t npy_parse(struct npz_array *a, const char *bytes, size_t n, const char *path, struct err *e);
/* Write the header (version 1.0) that belongs before a's data; returns its length. */
size_t npy_format(const struct npz_array *a, char header[NPY_MAX_HEADER]);
#endif
