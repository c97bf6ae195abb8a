/* npz: NumPy's archives of arrays (zip of .npy files), read and written through libzip. */
#pragma once
#include "core/core.h"
#include <stddef.h>
#include <stdint.h>

enum { NPZ_MAX_DIM = 4 };
/* One array, C order.  type is NumPy's descriptor without byte order ("f4", "f8", "i4", "i8", "u1",
 * "b1" for truth, or "U<k>" for text of k characters, 4 bytes each). */
struct npz_array {
    char name[128], type[8];
    int n_dim;
    size_t dim[NPZ_MAX_DIM], n, item; /* n: product of dim (1 for a scalar); item: bytes of one */
    void *data;
};
struct npz {
    int n, room;
    int deflate; /* npz_write compresses, as numpy.savez_compressed does */
    struct npz_array *array;
};

/* Read all arrays.  Sizes in headers are checked against the file before memory is allocated. */
int npz_read(struct npz *z, const char *path, struct err *e);
void npz_close(struct npz *z);
/* The array called name; NULL with a sentence that names the file and the arrays it has. */
const struct npz_array *npz_find(const struct npz *z, const char *path, const char *name,
                                 struct err *e);
/* Elements converted to double; a must be numeric; free() the result. */
double *npz_doubles(const struct npz_array *a);
/* Add a copy of the data (type as above; NULL: the array has only a type and a shape). */
void npz_add(struct npz *z, const char *name, const char *type, int n_dim, const size_t *dim,
             const void *data);
/* Write all arrays, as core/replacement.h does. */
int npz_write(const struct npz *z, const char *path, struct err *e);
