/* identity: what a run uses in addition to its configuration, part by part: the shared code, its
 * own plug-ins, and its data files, each by its SHA-256.  A finished run counts as long as its
 * configuration and its parts are unchanged.  Makes no finished run stale: changing a comment,
 * progress output or a report; adding a method or table.  Makes stale the runs that use it, and no
 * others: changing a kernel, a method or a data file. */
#pragma once
#include "train/config.h"
#include <cJSON.h>

enum { PART_NAME = 160, WHY_TEXT = 512, MAX_PART = 96 };
struct identity {
    struct part {
        char name[PART_NAME]; /* such as "train", "algorithms/qg_dsgdm.c", "data_batch_1.bin" */
        char sha256[HASH_TEXT];
        enum part_kind { PART_SHARED, PART_PLUGIN, PART_DATA } kind;
    } part[MAX_PART];
    int n;
};

/* Determine the identity of a run with this kernel set.  -1 with a sentence if the data cannot be
 * read. */
int identity_of(struct identity *id, const struct config *c, const char *kernel_set, struct err *e);
/* SHA-256 over all parts that are code, and over the data files. */
void identity_code(const struct identity *id, char sha256[HASH_TEXT]);
void identity_data(const struct identity *id, char sha256[HASH_TEXT]);
/* SHA-256 over the code that all runs of this kind (data sets or toy problems) share. */
void identity_shared(const struct identity *id, char sha256[HASH_TEXT]);
/* Objects {part: SHA-256} for a manifest. */
cJSON *identity_json(const struct identity *id, int of_data);

/* List in `why` what has changed since the manifest was written among the things other than the
 * configuration that determine the bits: code, data, build, kernel set and BLAS.  Returns the
 * number of changes. */
int identity_changes(const cJSON *manifest, const struct config *c, char why[WHY_TEXT]);
/* Whether a run of this configuration may write into a folder: 0 if the folder holds a run of the
 * same configuration, or neither a run nor files that have the names of a run's, else -1 with a
 * sentence. */
int identity_has_room(const char *dir, const char *hash, struct err *e);
/* The state of the run in a folder. */
enum run_state { RUN_ABSENT, RUN_STALE, RUN_DONE };
/* RUN_DONE: the run has ended and counts for c, whose hash is given; `why`, unless NULL, says how
 * it ended: finished or diverged.  RUN_STALE: it no longer counts, and `why` says what changed. */
enum run_state identity_state(const char *dir, const struct config *c, const char *hash,
                              char why[WHY_TEXT]);
