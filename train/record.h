/* record: a run's result files: metrics.csv, timing.csv, manifest.json; for a data set split.csv,
 * for a drawable toy problem path.csv.  Called at the root only.  metrics.csv is a pure function of
 * configuration and code: it contains no times. */
#ifndef TRAIN_RECORD_H
#define TRAIN_RECORD_H
#include "train/run.h"

struct record;
/* The files that a run leaves in its folder, checkpoints aside; the manifest is the last. */
enum { N_RUN_FILE = 7 };
extern const char *const run_files[N_RUN_FILE];
/* Make the folder, write the manifest with status "started" and open the CSV files, keeping the
 * rows up to and including step resume_step (-1: no rows). */
struct record *record_open(const struct run *r, long resume_step, struct err *e);
int record_row(struct record *rec, const struct run *r, const struct row *row, struct err *e);
/* Replace the manifest by the final one; parameters is the SHA-256 of all workers' parameters. */
int record_finish(struct record *rec, const struct run *r, enum run_status status,
                  const char *parameters, struct err *e);
void record_close(struct record *rec);
#endif
