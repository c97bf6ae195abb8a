/* rates: a file of learning rates that a tuning has chosen.  report/rates_file.c writes it:
 *
 *   {"experiment": name, "tier": tier, "rows": [{"when": {axis: value}, "lr": rate, ...figures}]}
 *
 * An experiment names the file in "rates_file", relative to its own folder.  The file may set
 * nothing but lr. */
#pragma once
#include "sweep/experiment.h"
#include <cJSON.h>

/* The file that a tuning of x's tier writes: rates/<experiment>-<tier>.json beside the experiment's
 * file, or below the root if that file is one that comes with an installed program. */
int rates_path(const struct experiment *x, char path[PATH_LENGTH], struct err *e);
/* Read the file that x names into x->rates, if it names one and the file is there. */
int rates_open(struct experiment *x, struct err *e);
/* Set the cell's rate from the row of x's file that names all axes of the cell and whose values, of
 * these and any other keys, are all those of the cell.  If there is no such row, the cell becomes
 * unrated.  If a setting gives lr_times, the row need not name the variant, and its rate is
 * multiplied by lr_times. */
int rates_apply(const struct experiment *x, struct cell *cell, struct err *e);
/* Returns -1 with a sentence that says how to make the row that an unrated cell lacks. */
int rates_miss(const struct experiment *x, const struct cell *cell, struct err *e);
/* For an index: where the rates come from, as {"path", "experiment", "tier"}; and a row, without
 * the rates that were tried. */
cJSON *rates_source(const struct experiment *x);
cJSON *rates_choice(const void *row);
