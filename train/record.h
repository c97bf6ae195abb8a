/* record: a run's result files: metrics.csv, timing.csv, manifest.json, and split.csv of a data set
 * or path.csv of a toy problem that can be drawn.  Called at the root alone.  metrics.csv is a pure
 * function of configuration and code: no clock is in it. */
#ifndef TRAIN_RECORD_H
#define TRAIN_RECORD_H
#include "train/run.h"

struct record;
/* Make the folder, write the manifest with status "started", open the CSV files; keep rows up to
 * and including step resume_step (-1: none). */
struct record *record_open(const struct run *r, long resume_step, struct err *e);
int record_row(struct record *rec, const struct run *r, const struct row *row, struct err *e);
/* Replace the manifest by the final one; parameters is the SHA-256 of all workers' parameters. */
int record_finish(struct record *rec, const struct run *r, enum run_status status,
                  const char *parameters, struct err *e);
void record_close(struct record *rec);
#endif
