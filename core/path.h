/* path: composes paths without silent truncation, and finds the project's own folders. */
#pragma once
#include "core/core.h"

enum { PATH_LENGTH = 4096 };

/* Print a path into buf; -1 with a sentence if it is longer than PATH_LENGTH - 1 bytes. */
int path_print(char buf[PATH_LENGTH], struct err *e, const char *fmt, ...) PRINTF(3, 4);

/* The part of a path after its last slash. */
const char *path_name(const char *path);

/* Copy a path into a buffer of size bytes; -1 with a sentence if it does not fit. */
int path_copy(char *to, size_t size, const char *path, struct err *e);

/* The root is the folder that holds experiments/, results/ and datasets/: the first of these that
 * applies:
 *   the folder set by path_set_root;
 *   the working folder, if it holds experiments/;
 *   the nearest folder above the program's own that holds experiments/, a source tree;
 *   the working folder.
 * A program that is installed as PREFIX/bin/gossipbench only reads PREFIX/share/gossipbench;
 * results and data are below the root.
 * Set it; -1 with a sentence if dir is not a folder. */
int path_set_root(const char *dir, struct err *e);
/* The path of something below the root, such as "results/runs"; relative if the root is the working
 * folder.  The text is kept until the program ends. */
const char *path_in_root(const char *below);
/* The path of something in PREFIX/share/gossipbench; NULL: the program is not installed, or it is
 * not there. */
const char *path_shared(const char *below);
/* The path of something that comes with the program, such as "experiments/table1.json": below the
 * root if it exists there, else in PREFIX/share/gossipbench. */
const char *path_installed(const char *below);
/* The same for files that a root need not hold, such as "datasets/fetch.sh": these are also looked
 * for in the program's own source tree. */
const char *path_of_asset(const char *below);
