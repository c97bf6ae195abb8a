/* checkpoint_file: the layout of a checkpoint file, and the check that a file is whole.  In order:
 *   the header
 *   the manifest at that time
 *   the numbers of all rows, those of each worker, all loss sums (train/checkpoint.c)
 *   the SHA-256 of these, HASH_TEXT bytes */
#pragma once
#include "core/hash.h"
#include "train/run.h"

struct checkpoint_header {
    char magic[16];
    int64_t n_manifest, real_size, n, d, n_row, n_stat, row_size, step, n_loss, n_record;
    double bytes_sent, loss_start, wall, compute, mix, evaluate, checkpoint;
};
extern const char checkpoint_magic[16]; /* name and version of the format */

/* An open file whose digest is right, read up to the end of its manifest. */
struct checkpoint_file {
    char path[RUN_FILE];
    FILE *f;
    size_t size;
    struct checkpoint_header h;
    cJSON *manifest; /* NULL if the file has another version of the format */
};
/* Open and check s->path; -1 with a sentence if it is damaged. */
int checkpoint_open(struct checkpoint_file *s, struct err *e);
/* May be called after a failed open, and for a struct that is all 0. */
void checkpoint_close(struct checkpoint_file *s);
