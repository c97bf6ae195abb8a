/* sums: SHA-256 of files, remembered by path, size and time of change, so that a file is read only
 * once.  They are stored in results/sums.csv below the root; a file whose sum cannot be stored, or
 * that changed within the last two seconds and could change again without a new time, is read again
 * next time. */
#pragma once
#include "core/core.h"
#include "core/hash.h"

/* Write the SHA-256 of the file; -1 with a sentence if the file cannot be read. */
int sums_of(const char *path, char sha256[HASH_TEXT], struct err *e);
