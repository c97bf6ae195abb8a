/* template: the file with which an experiment of one's own begins. */
#pragma once
#include "core/path.h"

/* Write experiments/NAME.json, with comments, in one step; `path` is its path.  -1 with a sentence if it
 * is there, or the name cannot be that of a file and of folders. */
int template_write(const char *name, char path[PATH_LENGTH], struct err *e);
