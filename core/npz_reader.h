/* npz_reader: the arrays of an npz archive one after the other, read in pieces, so that an array
 * larger than memory can be passed through. */
#pragma once
#include "core/npz.h"
#include <zip.h>

struct npz_reader {
    const char *path; /* the caller's */
    zip_t *zip;
    zip_file_t *file;            /* of the current array */
    size_t size, at;             /* bytes of the member, and how many of them have been read */
    zip_uint64_t left;           /* compressed bytes that the archive can still have */
    struct npz all;              /* the names of all arrays; types and shapes once begun */
    zip_uint64_t *member;        /* (all.n) their places in the archive */
    const struct npz_array *now; /* the current array: the last that was begun */
};

/* Open an archive; on failure nothing needs closing. */
int npz_reader_open(struct npz_reader *r, const char *path, struct err *e);
void npz_reader_close(struct npz_reader *r);
/* Begin to read array i of `all`; its sizes are checked against the file.  Each array can be read
 * only once. */
int npz_reader_begin(struct npz_reader *r, int i, struct err *e);
/* The same for the array called name, returned; NULL with a sentence on failure. */
const struct npz_array *npz_reader_find(struct npz_reader *r, const char *name, struct err *e);
/* Read the next n bytes of the current array. */
int npz_reader_read(struct npz_reader *r, void *bytes, size_t n, struct err *e);
/* Read all data of the current array and compare the checksum; free() the result.  NULL on failure.
 * This needs at most twice the memory of the data in the file, whatever the headers say. */
void *npz_reader_all(struct npz_reader *r, struct err *e);
/* Compare the checksum, after all data were read. */
int npz_reader_end(struct npz_reader *r, struct err *e);
