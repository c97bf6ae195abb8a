/* rates: a file of learning rates that a tuning has chosen.  report/rates.c writes it:
 *
 *   {"experiment": name, "tier": tier, "rows": [{"when": {axis: value}, "lr": rate, ...figures}]}
 *
 * An experiment names it in "rates_file", relative to its own folder.  It may set nothing but lr. */
#pragma once
#include "sweep/experiment.h"
#include <cJSON.h>

/* The file that a tuning of x's tier writes: rates/<experiment>-<tier>.json beside the experiment's
 * file, or below the root if that file is one that comes with an installed program. */
int rates_path(const struct experiment *x, char path[PATH_LENGTH], struct err *e);
/* Read the file that x names into x->rates, if it names one and the file is there. */
int rates_open(struct experiment *x, struct err *e);
/* Set the cell's rate from the row of x's file that names all of the cell's axes and, of these and
 * other keys, only values that the cell has; without such a row, the cell becomes unrated.  If a
 * setting gives lr_times, the row need not name the variant, and its rate is multiplied. */
int rates_apply(const struct experiment *x, struct cell *cell, struct err *e);
/* -1 with a sentence that says how to make the row that an unrated cell lacks. */
int rates_miss(const struct experiment *x, const struct cell *cell, struct err *e);
/* For an index: where the rates are from, {"path", "experiment", "tier"}; and a row without what has
 * been tried. */
cJSON *rates_source(const struct experiment *x);
cJSON *rates_choice(const void *row);
