/* info: lists the plug-ins and experiments of a kind, and describes single ones. */
#pragma once
#include "command/command.h"

/* Print all names of a kind, with a line about each; or, if name is not NULL, a description of that
 * one. */
int info_of(const char *kind, const char *name, struct err *e);

/* A line of a list: a name, and what it is. */
void info_line(const char *name, const char *about);
/* Print an experiment's title and tiers; for NULL, those of all experiments.  -1 with a sentence if
 * there is none of this name. */
int info_experiment(const char *name, struct err *e);
