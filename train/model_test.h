/* model_test: the accuracy and loss of a model from a file on the test samples of a
 * configuration. */
#pragma once
#include "train/config.h"
#include "train/model_file.h"

struct model_score {
    int n, n_right;
    double loss; /* the mean cross-entropy */
    const char *samples;
};
/* Test one of the file's models on the data of c, in the same batches as runs do.  If `out` is not
 * NULL, write logits (n, classes) and labels y (n) to this archive.  -1 with a sentence on
 * failure. */
int model_test(const struct model_file *m, int which, const struct config *c, const char *out,
               struct model_score *score, struct err *e);
