/* manifest: a run's manifest.json: all that is needed to repeat and to trace it.  At the root. */
#ifndef TRAIN_MANIFEST_H
#define TRAIN_MANIFEST_H
#include "train/run.h"

enum { MANIFEST_TIME = 32 };
/* The time now as ISO 8601, UTC. */
void manifest_time(char text[MANIFEST_TIME]);
/* Replace DIR/manifest.json; rows of metrics.csv so far; parameters: SHA-256 or NULL. */
int manifest_write(const struct run *r, enum run_status status, const char *started,
                   const struct row *row, int n_row, const char *parameters, struct err *e);
#endif
