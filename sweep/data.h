/* data: the data set that an experiment needs. */
#pragma once
#include "sweep/experiment.h"

/* Get the data set of the experiment's runs, as loaders/get.h does; for the smoke tier, generate
 * files.  Prints settings for its sweep on stdout, and what was found on stderr.  -1 with a
 * sentence if there is nothing to use, or there are several data sets. */
int experiment_get_data(const struct experiment *x, struct err *e);
