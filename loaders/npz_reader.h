/* npz_reader: the arrays of an npz archive one after the other, read in pieces, so that an array
 * larger than memory can be passed through.  Private to loaders/. */
#pragma once
#include "loaders/npz.h"
#include <zip.h>

struct npz_reader {
    const char *path; /* the caller's */
    zip_t *zip;
    zip_file_t *file;            /* of the array that was begun */
    size_t size, at;             /* its member's bytes, and how many of them are read */
    zip_uint64_t left;           /* what the archive can still hold, compressed */
    struct npz all;              /* names of all arrays; the rest once they are begun; no data */
    zip_uint64_t *member;        /* (all.n) their places in the archive */
    const struct npz_array *now; /* which was begun */
};

/* Open an archive; on failure nothing needs closing. */
int npz_reader_open(struct npz_reader *r, const char *path, struct err *e);
void npz_reader_close(struct npz_reader *r);
/* Begin to read array i of all; its sizes are checked against the file.  Each at most once. */
int npz_reader_begin(struct npz_reader *r, int i, struct err *e);
/* The same for the array called name, returned; NULL with a sentence on failure. */
const struct npz_array *npz_reader_find(struct npz_reader *r, const char *name, struct err *e);
/* The next n bytes of the data of the array that was begun. */
int npz_reader_read(struct npz_reader *r, void *bytes, size_t n, struct err *e);
/* All data of the array that was begun, the checksum compared; free() it.  NULL on failure.  Takes
 * at most twice the memory of what is in the file, whatever its headers say. */
void *npz_reader_all(struct npz_reader *r, struct err *e);
/* After all its data: compare the checksum. */
int npz_reader_end(struct npz_reader *r, struct err *e);
