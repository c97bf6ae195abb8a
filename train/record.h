/* record: a run's result files: metrics.csv, timing.csv, manifest.json; for a data set split.csv
 * and workers.csv, for a drawable toy problem path.csv.  Called at the root only.  metrics.csv is a
 * pure function of configuration and code: it contains no times.  The numbers of all rows are kept
 * in memory and in checkpoints; a resumed run writes the CSV files anew from them. */
#ifndef TRAIN_RECORD_H
#define TRAIN_RECORD_H
#include "train/run.h"

enum { RECORD_TIME = 32, N_CSV = 4 };
struct record {
    char started[RECORD_TIME]; /* when this process began */
    int64_t n_row, room;
    struct row *row; /* (n_row) */
    double *beside;  /* (n_row, n_beside) the numbers of timing.csv, path.csv, workers.csv */
    size_t n_beside;
    void *setting_files; /* cJSON: {key: SHA-256 of the file whose content is its value} */
    FILE *csv[N_CSV];    /* NULL: this run does not write the file */
};
/* The files that a run leaves in its folder, other than checkpoints; the manifest is the last. */
enum { N_RUN_FILE = 9 };
extern const char *const run_files[N_RUN_FILE];

/* The current time: ISO 8601, UTC. */
void record_time(char text[RECORD_TIME]);
/* A record without rows and files. */
struct record *record_new(const struct run *r);
/* Make room for n rows in all, and count them. */
void record_resize(struct record *rec, int64_t n);
/* Write the manifest with status "started", and the CSV files with the rows so far.  If the run is
 * not resumed, remove what an earlier run left in the folder. */
int record_open(const struct run *r, struct err *e);
int record_row(const struct run *r, const struct row *row, struct err *e);
/* Make sure that the rows are on the disk, and still have their names, before a manifest counts on
 * them. */
int record_sync(const struct record *rec, const struct run *r, struct err *e);
/* Each worker's accuracy averaged over the last n rows, and of these averages the lowest, in
 * percent; NAN if workers were not tested one by one. */
double record_worst_of_means(const struct run *r, int64_t n);
void record_close(struct record *rec);
#endif
