/* data: what the parts of the verb data share: each is a thin layer over loaders/. */
#ifndef CLI_DATA_H
#define CLI_DATA_H
#include "cli/cli.h"
#include "loaders/dataset.h"

/* The command line of a part, "NAME --dir DIR --key VALUE ...", as a configuration: NAME is the
 * dataset, --dir the data_dir; of the keys only those named in keys, apart by blanks, are taken.
 * out takes the value of --out; NULL: the part has none, else it must be there. */
int data_arguments(struct arguments *a, struct config *c, const char **out, int argc, char **argv,
                   const char *keys, struct err *e);
/* What to load, or to generate; value gets the parameters. */
struct dataset_request data_request(const struct config *c, union value value[MAX_PARAMETER]);

/* The parts; argv[0] is the part's name.  They return -1 with a sentence on failure. */
int data_check(int argc, char **argv, struct err *e);
int data_generate(int argc, char **argv, struct err *e);
int data_preview(int argc, char **argv, struct err *e);
#endif
