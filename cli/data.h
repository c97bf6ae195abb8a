/* data: what the parts of the verb data share: each is a thin layer over loaders/. */
#pragma once
#include "cli/cli.h"
#include "loaders/dataset.h"

/* The command line of a part, "NAME --dir DIR --key VALUE ...", as a configuration: NAME is the
 * dataset, --dir the data_dir.  Only the keys named in keys, a list separated by blanks, and the
 * parameters of the data set are taken, and with partitions those of all partitions.  out gets the
 * value of --out, which must be given; NULL: the part has no --out. */
int data_arguments(struct arguments *a, struct config *c, const char **out, int argc, char **argv,
                   const char *keys, int partitions, struct err *e);
/* Whether the key is a parameter of a partition. */
int data_is_of_partition(const char *key);

/* The parts; argv[0] is the part's name.  They return -1 with a sentence on failure. */
int data_check(int argc, char **argv, struct err *e);
int data_generate(int argc, char **argv, struct err *e);
int data_get(int argc, char **argv, struct err *e);
int data_preview(int argc, char **argv, struct err *e);
