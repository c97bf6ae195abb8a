/* manifest: a run's manifest.json: everything needed to repeat and trace it.  At the root. */
#ifndef TRAIN_MANIFEST_H
#define TRAIN_MANIFEST_H
#include "train/run.h"

enum { MANIFEST_TIME = 32 };
/* The current time in ISO 8601, UTC. */
void manifest_time(char text[MANIFEST_TIME]);
/* Replace DIR/manifest.json.  row (n_row): the rows of metrics.csv so far; parameters: their
 * SHA-256, or NULL. */
int manifest_write(const struct run *r, enum run_status status, const char *started,
                   const struct row *row, int n_row, const char *parameters, struct err *e);
#endif
