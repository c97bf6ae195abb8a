/* sums: SHA-256 of files, remembered by path, size and time of change, so that asking again costs no
 * reading.  The memory is results/sums.csv below the root; a file that cannot be written there is
 * summed again next time. */
#ifndef CORE_SUMS_H
#define CORE_SUMS_H
#include "core/core.h"
#include "core/hash.h"

/* -1 with a sentence if the file cannot be read. */
int sums_of(const char *path, char sha256[HASH_TEXT], struct err *e);
#endif
