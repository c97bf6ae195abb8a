/* data: what the verbs data get, check, generate and preview share: each is a thin layer over
 * loaders/. */
#pragma once
#include "cli/cli.h"
#include "loaders/dataset.h"

#define DIR_OPTION                                                                                 \
    {                                                                                              \
        "dir", "DIR", NULL, "the folder with the data sets' folders (default: datasets/data)"      \
    }
/* The configuration "DATASET --key VALUE ...": DATASET is the dataset, dir the data_dir unless
 * NULL.  Only the keys named in keys, a list separated by blanks, and the parameters of the data
 * set are taken, and with partitions those of all partitions. */
int data_config(const struct arguments *a, struct config *c, const char *dir, const char *keys,
                int partitions, struct err *e);
/* Whether a key of partitions is set. */
int data_is_by_worker(const struct arguments *a);
