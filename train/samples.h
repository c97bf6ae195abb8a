/* samples: the samples of a configuration as arrays, for other programs. */
#pragma once
#include "train/config.h"

/* Load the data of c and write an .npz archive: x_train and x_test, bytes (n, c, h, w) or tokens
 * (n, length), y_train and y_test, classes; "metadata" as in train/model_file.h, with the names of
 * the classes.  Row i of x_train is the sample that partitions number i.  -1 with a sentence on
 * failure. */
int samples_export(const struct config *c, const char *path, struct err *e);
