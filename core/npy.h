/* npy: one NumPy array file in memory, as in an npz archive.  Private to core/. */
#pragma once
#include "core/npz.h"

/* NPY_PREFIX: the bytes from which the length of a header is known; NPY_MAX_HEADER: the largest
 * header that is written, in bytes; NPY_MAX_READ: the largest that is read. */
enum { NPY_PREFIX = 12, NPY_MAX_HEADER = 256, NPY_MAX_READ = 1 << 16 };

/* Bytes of one element of a type, named as in struct npz_array; 0 if there is no such type. */
size_t npy_item(const char *type);
/* The length of the header, from the first NPY_PREFIX bytes (or more) of an npy file; 0 if it is
 * not an npy file. */
size_t npy_header_size(const char *bytes, size_t n);
/* Fill type, n_dim, dim, n and item of a, whose name is set, from the first n bytes of an npy file
 * of the given size, which include the whole header.  Returns where in the file the n * item bytes
 * of data begin, which extend to its end; 0 with a sentence on failure. */
size_t npy_parse(struct npz_array *a, const char *bytes, size_t n, size_t size, const char *path,
                 struct err *e);
/* Write the header (version 1.0) that belongs before a's data; returns its length. */
size_t npy_format(const struct npz_array *a, char header[NPY_MAX_HEADER]);
