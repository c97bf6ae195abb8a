/* manifest: a run's manifest.json: everything needed to repeat and trace the run.  Root only. */
#pragma once
#include "train/run.h"

/* The manifest with the results of the rows so far; `parameters` is their SHA-256, or NULL. free()
 * it. */
char *manifest_text(const struct run *r, enum run_status status, const char *parameters);
/* Replace DIR/manifest.json by it.  If that fails and the old manifest says "started", change that
 * to "failed". */
int manifest_write(const struct run *r, enum run_status status, const char *parameters,
                   struct err *e);
