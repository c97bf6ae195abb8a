/* identity: what a run uses besides its configuration, part by part: the shared code, its own
 * plug-ins, and the files of its data, each by its SHA-256.  A finished run counts as long as
 * configuration and parts are what they were.  A changed comment, progress or report, a new method
 * or table changes no part; a changed kernel, method or data file changes exactly the runs that use
 * it. */
#ifndef TRAIN_IDENTITY_H
#define TRAIN_IDENTITY_H
#include "train/config.h"
#include <cJSON.h>

enum { PART_NAME = 160, WHY_TEXT = 512, MAX_PART = 96 };
struct identity {
    struct part {
        char name[PART_NAME]; /* "train", "algorithms/qg_dsgdm.c"; of data: "data_batch_1.bin" */
        char sha256[HASH_TEXT];
        int is_data;
    } part[MAX_PART];
    int n;
};

/* Of a run with this kernel set.  -1 with a sentence if the data cannot be read. */
int identity_of(struct identity *id, const struct config *c, const char *kernels, struct err *e);
/* SHA-256 over all parts of code, or of data. */
void identity_digest(const struct identity *id, int of_data, char sha256[HASH_TEXT]);
/* SHA-256 over the code that all runs of its kind (data sets, toy problems) share. */
void identity_shared(const struct identity *id, char sha256[HASH_TEXT]);
/* Objects {part: SHA-256} for a manifest. */
cJSON *identity_json(const struct identity *id, int of_data);

/* How the run in a folder stands. */
enum run_state { RUN_ABSENT, RUN_STALE, RUN_DONE };
/* RUN_DONE: it has finished, or diverged, and counts for c, whose hash is given.  RUN_STALE: it
 * has ended, but no longer counts; why says what changed.  NULL: of no interest. */
enum run_state identity_state(const char *dir, const struct config *c, const char *hash,
                              char why[WHY_TEXT]);
#endif
