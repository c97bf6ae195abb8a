/* model_test: how well a model from a file does on the test samples of a configuration. */
#pragma once
#include "train/config.h"
#include "train/model_file.h"

struct model_score {
    int n, n_right;
    double loss; /* the mean cross-entropy */
    const char *samples;
};
/* Test one of the file's models on the data of c, in the same batches as runs do.  out: an archive
 * that gets logits (n, classes) and labels y (n); NULL: none.  -1 with a sentence on failure. */
int model_test(const struct model_file *m, int which, const struct config *c, const char *out,
               struct model_score *score, struct err *e);
