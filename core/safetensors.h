/* safetensors: files of named arrays as PyTorch users exchange them, read and written as struct
 * npz.  A file is the length of a header (8 bytes, little-endian), the header, the arrays' bytes;
 * the header is JSON, {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}, and its
 * "__metadata__" is an object of texts.  Here, its text "gossipbench" is the array "metadata",
 * bytes in one dimension.  Source: github.com/huggingface/safetensors, "Format". */
#pragma once
#include "core/npz.h"
#include <stdio.h>

/* Read all arrays.  A file whose arrays overlap, leave gaps or do not end with it is refused, as is
 * one that could take more memory than its own size. */
int safetensors_read(struct npz *z, const char *path, struct err *e);
/* Write all arrays, as core/replacement.h does. */
int safetensors_write(const struct npz *z, const char *path, struct err *e);
/* Write the header for all arrays except "metadata", which goes into the header; the arrays' bytes
 * must follow in the same order.  Arrays need no data here, only types and shapes.  Errors are
 * those of f. */
void safetensors_write_header(const struct npz *z, FILE *f);
