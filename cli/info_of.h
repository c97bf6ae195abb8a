/* info_of: what there is of a kind, and what one of them is. */
#pragma once
#include "cli/cli.h"

/* Print all names of a kind, with a line about each; or what one of them is, unless name is NULL. */
int info_of(const char *kind, const char *name, struct err *e);
