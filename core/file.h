/* file: reading files, and writing them so that a half-written one never looks finished. */
#pragma once
#include "core/core.h"
#include <stdio.h>

/* Open a regular file for reading; its size in bytes goes to *size unless size is NULL.  A pipe is
 * refused without waiting for a writer.  NULL on failure. */
FILE *file_open(const char *path, size_t *size, struct err *e);

/* Declare that this process is going to write the file: if it is a regular file by now, no file_open
 * and no npz_reader_open will read it, since its content would be lost. */
void file_will_write(const char *path);
/* -1 with a sentence if the path is that of a file which is going to be written. */
int file_check_input(const char *path, struct err *e);

/* Read the whole file and append a NUL, which *n does not count (n may be NULL); free() the result.
 * NULL on failure, or if the file is larger than limit bytes. */
char *file_read(const char *path, size_t limit, size_t *n, struct err *e);
/* The same for a text: without the byte order mark that some programs put in front.  UTF-16 and NUL
 * bytes are refused. */
char *file_read_text(const char *path, size_t limit, size_t *n, struct err *e);
/* Replace the file's content atomically: a reader sees all of the old or all of the new.  Links,
 * pipes and modes as in core/replacement.h. */
int file_replace(const char *path, const void *bytes, size_t n, struct err *e);
/* Create a folder that must not exist.  No folder is created at the root of the file system, where
 * programs that run as root would create theirs by mistake. */
int dir_make_one(const char *path, struct err *e);
/* Create the folder and those above it, if they do not exist; fails if it cannot be written to. */
int dir_make(const char *path, struct err *e);
int file_exists(const char *path);
