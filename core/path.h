/* path: paths composed without silent truncation, and where the project's own folders are. */
#ifndef CORE_PATH_H
#define CORE_PATH_H
#include "core/core.h"

enum { PATH_LENGTH = 4096 };

/* Print a path into buf; -1 with a sentence if it is longer than PATH_LENGTH - 1 bytes. */
int path_print(char buf[PATH_LENGTH], struct err *e, const char *fmt, ...) PRINTF(3, 4);

/* Copy a path into a buffer of size bytes; -1 with a sentence if it does not fit. */
int path_copy(char *to, size_t size, const char *path, struct err *e);

/* The root: the folder that holds experiments/, results/ and datasets/.  It is the folder set by
 * path_set_root; else the working folder if that holds experiments/; else the folder above the
 * program's own that holds experiments/; else the working folder.
 * Set it; -1 with a sentence if it is not a folder. */
int path_set_root(const char *dir, struct err *e);
/* The path of something below the root, as "results/runs"; relative where the root is the working
 * folder.  The text is kept for the life of the program. */
const char *path_in_root(const char *below);
/* The path of something that comes with the program, as "datasets/fetch.sh": below the root if it is
 * there, else in the program's own tree. */
const char *path_of_asset(const char *below);
#endif
