/* file: reading and writing files so that nothing half-written ever looks finished. */
#ifndef CORE_FILE_H
#define CORE_FILE_H
#include "core/core.h"
#include <stdio.h>

/* A regular file opened for reading, and its size in bytes, which may be NULL; a pipe is refused
 * without waiting for who writes to it.  NULL on failure. */
FILE *file_open(const char *path, size_t *size, struct err *e);

/* The whole file with a NUL behind it (not counted in n; n may be NULL); free() it.  NULL on
 * failure, or if the file is larger than limit bytes. */
char *file_read(const char *path, size_t limit, size_t *n, struct err *e);
/* Replace the file's content in one step: a reader sees the old or the new, never a part.  Links are
 * followed; what is no regular file, such as a pipe or /dev/null, is written into as it is. */
int file_replace(const char *path, const void *bytes, size_t n, struct err *e);
/* Create the folder and those above it; fine if it exists; fails if it cannot be written to. */
int dir_make(const char *path, struct err *e);
int file_exists(const char *path);
#endif
