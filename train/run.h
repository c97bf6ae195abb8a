/* run: one training run, from its configuration to its result files. */
#ifndef TRAIN_RUN_H
#define TRAIN_RUN_H
#include "core/column.h"
#include "loaders/dataset.h"
#include "partitions/partition.h"
#include "train/identity.h"
#include "train/schedule.h"
#include "train/task.h"

enum {
    RUN_PATH = 1024,
    RUN_FILE = RUN_PATH + 32,
    PATH_DIM = 3
}; /* PATH_DIM: the largest dimension for which path.csv is written */
enum run_status { RUN_STARTED, RUN_FINISHED, RUN_DIVERGED, RUN_INTERRUPTED, RUN_FAILED };
const char *run_status_name(enum run_status s);

/* Where a run's files go, and the experiment, tier and cell to which it belongs (each may be
 * NULL). */
struct run_place {
    char dir[RUN_PATH];
    const char *experiment, *tier, *cell;
};

/* This rank's seconds outside the optimizer, and the time at which training began.  In a resumed
 * run, `before` is the time that earlier processes took, and `start` is moved back by it.
 * last_checkpoint is when this process last wrote a checkpoint or, if it has not, when it began. */
struct seconds {
    double start, before, evaluate, checkpoint, last_checkpoint;
};

/* How a run begins.  The last three continue from the checkpoint in the folder, if there is one. */
enum run_start {
    START_ANEW,
    START_RESUME,         /* refuse it if what determines the bits has changed since */
    START_RESUME_CHANGED, /* continue all the same, and record the changes in the manifest */
    START_RESUME_OR_ANEW  /* start anew if it has changed */
};

struct run {
    struct config c;
    struct run_place place;
    char hash[HASH_TEXT];     /* SHA-256 of the configuration */
    struct identity identity; /* at the root */
    struct schedule schedule;
    struct optimizer o;
    struct task task;
    double memory;          /* bytes that this rank will need at most, estimated in advance */
    double *path;           /* (n, d) all workers' x at the last row, at the root, if drawable */
    cJSON *before;          /* the manifest in the checkpoint, at the root; NULL if not resumed */
    char changes[WHY_TEXT]; /* what has changed since that checkpoint */
    char note[sizeof(struct err) + 64]; /* a remark about the checkpoint found, or "" */
    int lost;          /* a local loss was not finite, or the loss has grown: the run diverged */
    double loss_start; /* the mean loss of the first round, at the root */
    double *loss;      /* (count) sum of training losses since the last row */
    long step, step_first, n_step, n_loss; /* step_first: where this process began */
    struct seconds seconds;
    struct record *record; /* at the root */
};

/* Load, check and build everything; succeeds or fails at all ranks alike.  The caller must have
 * claimed place.dir (sweep/claim.h).  On failure nothing needs closing. */
int run_open(struct run *r, const struct config *c, const struct run_place *place,
             enum run_start start, struct err *e);
void run_close(struct run *r);
/* The path of one of the run's files. */
void run_file(const struct run *r, const char *name, char path[RUN_FILE]);
/* Train until the end, divergence or an interruption (core/interrupt.h), writing results along the
 * way.  Returns the status, or -1 if results cannot be written. */
int run_train(struct run *r, struct err *e);
/* Load the data set of c and partition it over c's workers; does not use MPI. */
int run_data(const struct config *c, struct dataset *data, struct partition *part, struct err *e);
/* Describe the data set of c in q; a toy problem is refused. `value` receives its parameters and
 * must outlive q. */
int run_request(const struct config *c, struct dataset_request *q, union value value[MAX_PARAMETER],
                struct err *e);
/* The shape of a sample of c's data set, as far as it is known without loading: exact for all but
 * png-folder without an image_size, for which it is that of most images. */
struct shape run_sample(const struct config *c);
#endif
