/* get: where a data set comes from: its own files, a download, generated files, or another data set
 * that stands in for it. */
#pragma once
#include "loaders/dataset.h"

enum got_how { GOT_FILES, GOT_DOWNLOAD, GOT_GENERATED, GOT_STAND_IN };

struct got {
    enum got_how how;
    const char *dataset;         /* what to use: the name asked for, or that of the stand-in */
    char words[2 * PATH_LENGTH]; /* one sentence for the user */
};

/* Find a data set: its files in dir if they are there, else a download of them into dir, else its
 * stand-in.  only_real: neither generated files nor a stand-in will do.  -1 with a sentence if
 * there is nothing to use, or if the files in dir are incomplete. */
int dataset_get(struct got *g, const char *name, const char *dir, int only_real, struct err *e);
/* The same with generated files of the data set's form in dir, which are written if they are not
 * there.  A data set whose form cannot be written is found as above. */
int dataset_get_generated(struct got *g, const char *name, const char *dir, struct err *e);
