/* template: the file from which users start their own experiments. */
#pragma once
#include "core/path.h"

/* Write experiments/NAME.json, with comments, atomically; `path` receives its path.  -1 with a
 * sentence if it exists already, or if the name cannot be that of a file and of folders. */
int template_write(const char *name, char path[PATH_LENGTH], struct err *e);
