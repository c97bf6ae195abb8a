/* stability: whether a method works on a graph. */
#pragma once
#include "train/config.h"

/* -1 with the reason and the remedy if c's method cannot work on c's graph, unless allow_unstable
 * is set. c must have passed config_check. */
int stability_check(const struct config *c, struct err *e);
