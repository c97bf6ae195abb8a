/* check: whether a data set's files are complete, and whether they are the official ones. */
#pragma once
#include "loaders/dataset.h"
#include <stdio.h>

/* Read all that q asks for and write to f how many samples of each class there are, the SHA-256 of
 * what was read, and whether it is the official content.  -1 with a sentence if files are missing
 * or damaged. */
int dataset_check(const struct dataset_request *q, FILE *f, struct err *e);
