/* run: one training run, from its configuration to its result files. */
#ifndef TRAIN_RUN_H
#define TRAIN_RUN_H
#include "core/column.h"
#include "loaders/dataset.h"
#include "partitions/partition.h"
#include "train/identity.h"
#include "train/task.h"

enum {
    RUN_PATH = 1024,
    RUN_FILE = RUN_PATH + 32,
    PATH_DIM = 3
}; /* PATH_DIM: most numbers that path.csv is kept of */
enum run_status { RUN_STARTED, RUN_FINISHED, RUN_DIVERGED, RUN_INTERRUPTED, RUN_FAILED };
const char *run_status_name(enum run_status s);

/* Where a run's files go and what it is part of (experiment, tier and cell may be NULL). */
struct run_place {
    char dir[RUN_PATH];
    const char *experiment, *tier, *cell;
};

/* When this process began to train, and seconds of this rank beside the optimizer's. */
struct seconds {
    double start, evaluate, checkpoint;
};

struct run {
    struct config c;
    struct run_place place;
    char hash[HASH_TEXT];     /* of the configuration */
    struct identity identity; /* at the root */
    struct optimizer o;
    struct task task;
    double memory;     /* bytes that this rank takes at most, foreseen before they are taken */
    double *path;      /* (n, d) all workers' x at the last row, at the root, if it is drawable */
    const char *stale; /* what the checkpoint there is other than: "code", "data"; started anew */
    int lost;          /* a local loss was not a number: the run diverged */
    double *loss;      /* (count) sum of training losses since the last row */
    long step, step_first, n_step, n_loss; /* step_first: where this process began */
    struct seconds seconds;
    struct record *record; /* at the root */
};

/* Load, check and build everything; the same outcome at all ranks.  With resume, continue from the
 * checkpoint in place.dir if there is one.  On failure nothing needs closing. */
int run_open(struct run *r, const struct config *c, const struct run_place *place, int resume,
             struct err *e);
void run_close(struct run *r);
/* The path of one of its files. */
void run_file(const struct run *r, const char *name, char path[RUN_FILE]);
/* Train to the end, to divergence or to an interruption (SIGINT, SIGTERM, SIGUSR1), writing results
 * on the way; the status, or -1 if they cannot be written. */
int run_train(struct run *r, struct err *e);
/* Load the data set that c asks for and partition it over c's workers; without MPI. */
int run_data(const struct config *c, struct dataset *data, struct partition *part, struct err *e);
/* The data set that c asks for, which is none of the toy problems; values are the room for its
 * parameters. */
int run_request(const struct config *c, struct dataset_request *q, union value value[MAX_PARAMETER],
                struct err *e);
#endif
