/* info: what there is of a kind, and what one of them is. */
#pragma once
#include "command/command.h"

/* Print all names of a kind, with a line about each; or what one of them is, unless name is NULL. */
int info_of(const char *kind, const char *name, struct err *e);

/* A line of a list: a name, and what it is. */
void info_line(const char *name, const char *about);
/* An experiment's title and tiers; of NULL, all experiments.  -1 with a sentence if there is none of
 * this name. */
int info_experiment(const char *name, struct err *e);
